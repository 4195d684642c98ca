using Gateway.Api.Errors;
using Gateway.Api.Identity;
using Gateway.Api.Projects;
using Gateway.Core.Workloads;
using Microsoft.AspNetCore.Diagnostics;

namespace Gateway.Api.Auditing;

/// <summary>Who did what, from where, and how it ended: never a token, an environment value or a body.</summary>
internal sealed partial class Audit(ILogger<Audit> log)
{
    private const string Nothing = "-";

    /// <summary>Writes the event of a request that has been answered, if its route is audited, or what it asked of it.</summary>
    public void Record(HttpContext context)
    {
        if (AuditedAction.Of(context) is not { } action)
            return;
        // The handler of exceptions takes what the path said off the context.
        var path = context.Features.Get<IExceptionHandlerFeature>()?.RouteValues ?? context.Request.RouteValues;
        var (caller, workload, problem) = (context.Features.Get<Caller>(), context.Features.Get<Workload>(), context.Features.Get<Problem>());
        var project = $"{path[Project.RouteParameter]}";
        var name = path["name"] as string ?? workload?.Name ?? context.Features.Get<WorkloadSubmission>()?.Name;
        LogAction(
            action.Name,
            name is not null && KubernetesNames.IsObjectName(name) ? name : Nothing,
            KubernetesNames.IsLabelValue(project) ? project : Nothing,
            caller?.Username ?? Nothing,
            $"{caller?.Mode ?? AuthenticationModes.None}",
            caller?.Groups ?? [],
            $"{context.Connection.RemoteIpAddress}",
            context.Response.StatusCode,
            problem?.Type.Code ?? (context.Response.StatusCode < StatusCodes.Status400BadRequest ? "OK" : "ABORTED"),
            workload?.Uid ?? problem?.Uid ?? Nothing,
            KeyHash(context.Request));
    }

    private static string KeyHash(HttpRequest request) =>
        request.Headers["Idempotency-Key"] is [{ Length: > 0 } key] ? Fingerprint.OfKey(key.Trim('"')) : Nothing;

    [LoggerMessage(
        30,
        LogLevel.Information,
        "Audit: {Action} of {Workload} in {Project} by {Username} ({Mode}, groups {Groups}) from {Address}: {Status} {Code}, uid {Uid}, key {KeyHash}")]
    private partial void LogAction(
        string action, string workload, string project, string username, string mode, IReadOnlyList<string> groups, string address, int status, string code, string uid, string keyHash);
}
