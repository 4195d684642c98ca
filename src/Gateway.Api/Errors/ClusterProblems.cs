using System.Net;
using System.Text.RegularExpressions;
using Gateway.Api.Cluster;
using Gateway.Api.Errors.Admission;

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
        null when e.TimedOut => ProblemTypes.ClusterTimeout.With("The cluster did not answer in time."),
        null => ProblemTypes.ClusterUnavailable.With("The cluster cannot be reached."),
        // A webhook and a policy choose the status of their refusal themselves, and some plugins give none.
        _ when AdmissionRefusals.Find(e) is { } refused => refused,
        HttpStatusCode.NotFound or HttpStatusCode.Unauthorized when e.SetUp is not null => ProblemTypes.ProjectNotSetUp.With(e.SetUp),
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

    // Where it is not RBAC, it is an admission plugin that is not in the table; what is not Kubernetes' own answer is neither.
    private static Problem Forbidden(ClusterException e) =>
        e.SetUp is not null ? ProblemTypes.ProjectNotSetUp.With(e.SetUp)
        : e.Denied is not null ? ProblemTypes.ClusterError.With($"The gateway's own account may not {e.Denied}: its ClusterRole has to allow it.")
        : e.Reason == nameof(HttpStatusCode.Forbidden) ? ProblemTypes.PolicyDenied.With($"The cluster refuses it: {AdmissionRefusals.Why(e)}")
        : ProblemTypes.ClusterError.With("The cluster answered 403, without a reason.");

    private static Problem Invalid(ClusterException e)
    {
        var path = e.ToCallersPath();
        var errors = e.Causes.Where(cause => !string.IsNullOrEmpty(cause.Field))
            .Select(cause => InCallersWords(e, path, cause.Field, cause.Message ?? cause.Reason))
            .GroupBy(cause => cause.Path, cause => cause.Says)
            .ToDictionary(field => field.Key, field => field.Distinct().ToArray());
        return errors.Count == 0
            ? ProblemTypes.PolicyDenied.With(e.Message)
            : ProblemTypes.InvalidWorkload.With("The cluster refuses the workload.") with { Errors = errors };
    }

    private static (string Path, string Says) InCallersWords(ClusterException e, Func<string, string>? path, string field, string message)
    {
        if (DefaultLimit.In(e, field, message, path) is { } over)
        {
            return over;
        }
        var said = path?.Invoke(field) ?? field;
        return (said, SpeaksOfEnvironment(said) ? Quoted().Replace(message, "<hidden>") : message);
    }

    // The cluster cites what it refuses.
    private static bool SpeaksOfEnvironment(string path) => path.StartsWith("env", StringComparison.Ordinal) || path.Contains(".env", StringComparison.Ordinal);

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"")]
    private static partial Regex Quoted();
}
