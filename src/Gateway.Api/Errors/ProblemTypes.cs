using System.Reflection;

namespace Gateway.Api.Errors;

/// <summary>The error table: every code that the gateway answers with.</summary>
internal static class ProblemTypes
{
    public static readonly ProblemType MalformedRequest = new(400, "MALFORMED_REQUEST", "The request cannot be read.");
    public static readonly ProblemType Unauthenticated = new(401, "UNAUTHENTICATED", "The gateway does not know who is calling.");
    public static readonly ProblemType Forbidden = new(403, "FORBIDDEN", "The caller may not do this.");
    public static readonly ProblemType QuotaExceeded = new(403, "QUOTA_EXCEEDED", "The project's quota has no room for this.", Retryable: true);
    public static readonly ProblemType PolicyDenied = new(403, "POLICY_DENIED", "A policy refuses this.");
    public static readonly ProblemType NotFound = new(404, "NOT_FOUND", "There is no such page.");
    public static readonly ProblemType ProjectNotFound = new(404, "PROJECT_NOT_FOUND", "There is no such project.");
    public static readonly ProblemType WorkloadNotFound = new(404, "WORKLOAD_NOT_FOUND", "There is no such workload.");
    public static readonly ProblemType LogsGone = new(404, "LOGS_GONE", "The log is gone.");
    public static readonly ProblemType MethodNotAllowed = new(405, "METHOD_NOT_ALLOWED", "This address does not answer to this method.");
    public static readonly ProblemType NotAcceptable = new(406, "NOT_ACCEPTABLE", "No acceptable media type can be given.");
    public static readonly ProblemType NameTaken = new(409, "NAME_TAKEN", "The name is taken.");
    public static readonly ProblemType AmbiguousName = new(409, "AMBIGUOUS_NAME", "Both types have a workload of this name.");
    public static readonly ProblemType AmbiguousProject = new(409, "AMBIGUOUS_PROJECT", "More than one namespace has this project's name.");
    public static readonly ProblemType ManagedElsewhere = new(409, "MANAGED_ELSEWHERE", "Another controller owns this workload.");
    public static readonly ProblemType NotAllowedInPhase = new(409, "NOT_ALLOWED_IN_PHASE", "The workload's phase does not allow this.");
    public static readonly ProblemType ProjectTerminating = new(409, "PROJECT_TERMINATING", "The project is being deleted.");
    public static readonly ProblemType LogsNotReady = new(409, "LOGS_NOT_READY", "There is no log yet.", Retryable: true);
    public static readonly ProblemType Conflict = new(409, "CONFLICT", "Something else changed it at the same time.", Retryable: true);
    public static readonly ProblemType PreconditionFailed = new(412, "PRECONDITION_FAILED", "The workload is not the one that was meant.");
    public static readonly ProblemType PayloadTooLarge = new(413, "PAYLOAD_TOO_LARGE", "The request is too large.");
    public static readonly ProblemType UnsupportedMediaType = new(415, "UNSUPPORTED_MEDIA_TYPE", "The body is not JSON.");
    public static readonly ProblemType InvalidWorkload = new(422, "INVALID_WORKLOAD", "The workload is not valid.");
    public static readonly ProblemType IdempotencyKeyReused = new(422, "IDEMPOTENCY_KEY_REUSED", "The idempotency key was used for another submission.");
    public static readonly ProblemType TooManyRequests = new(429, "TOO_MANY_REQUESTS", "Too many requests at once.", Retryable: true);
    public static readonly ProblemType InternalError = new(500, "INTERNAL_ERROR", "The gateway has a defect.");
    public static readonly ProblemType ClusterError = new(502, "CLUSTER_ERROR", "The cluster gave an answer that the gateway did not expect.", Retryable: true);
    public static readonly ProblemType ClusterUnavailable = new(503, "CLUSTER_UNAVAILABLE", "The cluster cannot be reached.", Retryable: true);
    public static readonly ProblemType AuthenticationUnavailable = new(503, "AUTHENTICATION_UNAVAILABLE", "Callers cannot be authenticated at the moment.", Retryable: true);
    public static readonly ProblemType ProjectNotSetUp = new(503, "PROJECT_NOT_SET_UP", "The project is not set up for the gateway.", Retryable: true);
    public static readonly ProblemType ClusterTimeout = new(504, "CLUSTER_TIMEOUT", "The cluster did not answer in time.", Retryable: true);

    /// <summary>Every row, in the order above.</summary>
    public static IReadOnlyList<ProblemType> All { get; } =
        [.. typeof(ProblemTypes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (ProblemType)field.GetValue(null)!)];
}
