using System.Net;
using Gateway.Api.Cluster;

namespace Gateway.Api.Errors;

/// <summary>What an operator is told of a call to the cluster that failed. The cluster's own text is left out: it may repeat what was submitted.</summary>
internal static class ClusterAdvice
{
    /// <summary>For an answer that is not the API server's.</summary>
    public const string Proxy = "Look for a proxy between the gateway and the API server";

    /// <summary>What to do about it; null where the caller has to act and the operator has not.</summary>
    public static string? For(ClusterException refusal) => refusal switch
    {
        { SetUp: { } missing } => missing,
        { FoundNobody: true } => "See whether the API server is up, and whether a network policy lets the gateway reach it",
        { TimedOut: true } => "See whether the API server, its webhooks or its etcd are overloaded",
        { Status: HttpStatusCode.Unauthorized } => "See whether the gateway's own token or kubeconfig is still good",
        { Status: HttpStatusCode.TooManyRequests } => "The API server limits the gateway: see its priority and fairness",
        { Status: >= HttpStatusCode.InternalServerError } => "See the log of the API server and of its admission webhooks",
        { Status: null or < HttpStatusCode.BadRequest } => Proxy,
        _ => null,
    };

    /// <summary>How it ended, in the cluster's words for it.</summary>
    public static string Cause(ClusterException refusal) => refusal switch
    {
        { FoundNobody: true } => "nobody answered",
        { TimedOut: true } => "it was not answered in time",
        { Status: { } status, Reason.Length: > 0 } => $"status {(int)status} ({refusal.Reason})",
        { Status: { } status } => $"status {(int)status}",
        _ => "the answer was cut",
    };
}
