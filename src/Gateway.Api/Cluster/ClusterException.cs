using System.Net;
using System.Text.RegularExpressions;
using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Api.Cluster;

/// <summary>The cluster refused a call, or did not answer it. Carries no header and no body of the call.</summary>
internal sealed partial class ClusterException(string message) : Exception(message)
{
    /// <summary>The status of the answer; null when there was none.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>Kubernetes' own word for the refusal, such as `AlreadyExists`.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The resource that the refusal speaks of, such as `jobs`.</summary>
    public string About { get; init; } = "";

    /// <summary>The name of the object that the refusal speaks of.</summary>
    public string Named { get; init; } = "";

    /// <summary>What the refused object was made from; null where the refusal is about no submission.</summary>
    public WorkloadSubmission? Submission { get; set; }

    /// <summary>What exactly is wrong with the object.</summary>
    public IReadOnlyList<V1StatusCause> Causes { get; init; } = [];

    /// <summary>When the cluster wants to be asked again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether nobody answered: there was no connection, or it broke.</summary>
    public bool FoundNobody { get; init; }

    /// <summary>Whether time ran out.</summary>
    public bool TimedOut { get; init; }

    /// <summary>Whether the call may have been carried out although there was no answer that says so.</summary>
    public bool MayHaveHappened { get; set; }

    /// <summary>Whether it passes by itself, so that the same call may succeed a moment later.</summary>
    public bool Passes { get; init; }

    /// <summary>Whether the object that was asked for is not there, in a project that is set up.</summary>
    public bool IsGone => Status == HttpStatusCode.NotFound && Reason == "NotFound" && SetUp is null;

    /// <summary>
    /// With a refusal of RBAC: what was to be done, such as `create jobs`, without the account that was to do it; null otherwise. What
    /// admission refuses is forbidden too, and no missing right.
    /// </summary>
    public string? Denied => DeniedRight().Match(Message) is { Success: true } match ? $"{match.Groups["verb"]} {match.Groups["resource"]}" : null;

    /// <summary>What the project lacks, and the command that mends it, when that is why the cluster refused.</summary>
    public string? SetUp { get; set; }

    [GeneratedRegex("^(?:\\S+ (?:\"[^\"]*\" )?is )?forbidden: User \"(?:[^\"\\\\]|\\\\.)*\" cannot (?<verb>[a-z]+) (?:resource|path) \"(?<resource>[^\"]+)\"")]
    private static partial Regex DeniedRight();
}
