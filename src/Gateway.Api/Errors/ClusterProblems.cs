using System.Net;
using System.Text.RegularExpressions;
using Gateway.Api.Cluster;
using Gateway.Core.Manifests.Paths;

namespace Gateway.Api.Errors;

/// <summary>One table from what the cluster answered to what the caller is told.</summary>
internal static partial class ClusterProblems
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    public static Problem ToProblem(this ClusterException e)
    {
        var problem = Row(e);
        return problem with
        {
            Outcome = e.MayHaveHappened ? Outcome.Unknown : Outcome.None,
            RetryAfter = problem.Type.Status is 429 or 503 or 504 ? e.RetryAfter ?? Soon : null,
        };
    }

    private static Problem Row(ClusterException e) => e.Status switch
    {
        HttpStatusCode.NotFound or HttpStatusCode.Unauthorized when e.SetUp is not null => ProblemTypes.ProjectNotSetUp.With(e.SetUp),
        null when e.TimedOut => ProblemTypes.ClusterTimeout.With("The cluster did not answer in time."),
        null => ProblemTypes.ClusterUnavailable.With("The cluster cannot be reached."),
        HttpStatusCode.BadRequest when e.Denied() => ProblemTypes.PolicyDenied.With(e.Message),
        HttpStatusCode.Unauthorized => ProblemTypes.ClusterError.With("The cluster does not accept the gateway's credentials."),
        HttpStatusCode.Forbidden => Forbidden(e),
        HttpStatusCode.NotFound when e.About == "namespaces" => ProblemTypes.ProjectNotFound.With("The project's namespace is gone."),
        HttpStatusCode.Conflict => ProblemTypes.Conflict.With("The cluster saw another change at the same time."),
        HttpStatusCode.RequestEntityTooLarge => ProblemTypes.PayloadTooLarge.With("The object is too large for the cluster."),
        HttpStatusCode.UnprocessableEntity => Invalid(e),
        HttpStatusCode.TooManyRequests => ProblemTypes.TooManyRequests.With("The cluster asks to slow down."),
        HttpStatusCode.ServiceUnavailable => ProblemTypes.ClusterUnavailable.With("The cluster is not ready to answer."),
        HttpStatusCode.GatewayTimeout => ProblemTypes.ClusterTimeout.With("The cluster ran out of time."),
        _ => ProblemTypes.ClusterError.With($"The cluster answered {(int)e.Status} {e.Reason}".TrimEnd() + "."),
    };

    // The reasons of a 403 are told apart as the server tells them: namespace lifecycle, quota admission, other admission, then RBAC.
    private static Problem Forbidden(ClusterException e) =>
        e.Causes.Any(cause => cause.Reason == "NamespaceTerminating") ? ProblemTypes.ProjectTerminating.With("The project's namespace is being deleted.")
        : e.Says("exceeded quota") || e.Says("insufficient quota") || e.Says("failed quota") || e.Says("status unknown for quota") ? ProblemTypes.QuotaExceeded.With(e.Message)
        : e.Denied() ? ProblemTypes.PolicyDenied.With(e.Message)
        : e.SetUp is not null ? ProblemTypes.ProjectNotSetUp.With(e.SetUp)
        : ProblemTypes.ClusterError.With($"The gateway's own account may not {e.Denied ?? "do this"}: its ClusterRole has to allow it.");

    private static Problem Invalid(ClusterException e)
    {
        var errors = e.Causes.Where(cause => !string.IsNullOrEmpty(cause.Field))
            .GroupBy(cause => e.Submission is { } asked ? CallersPath.Of(asked, e.About, e.Named, cause.Field) : cause.Field, cause => cause.Message ?? cause.Reason)
            .ToDictionary(field => field.Key, field => field.Select(message => SpeaksOfEnvironment(field.Key) ? Quoted().Replace(message, "<hidden>") : message).Distinct().ToArray());
        return e.Denied() || errors.Count == 0
            ? ProblemTypes.PolicyDenied.With(e.Message)
            : ProblemTypes.InvalidWorkload.With("The cluster refuses the workload.") with { Errors = errors };
    }

    private static bool Denied(this ClusterException e) => e.Says("admission webhook") || e.Says("violates PodSecurity") || e.Says("denied request") || e.Says("denied the request");

    private static bool Says(this ClusterException e, string words) => e.Message.Contains(words, StringComparison.OrdinalIgnoreCase);

    // The cluster cites what it refuses.
    private static bool SpeaksOfEnvironment(string path) => path.StartsWith("env", StringComparison.Ordinal) || path.Contains(".env", StringComparison.Ordinal);

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"")]
    private static partial Regex Quoted();
}
