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
        Record(
            context,
            new(action.Name, path["name"] as string ?? workload?.Name ?? context.Features.Get<WorkloadSubmission>()?.Name)
            {
                Project = $"{path[Project.RouteParameter]}",
                Status = context.Response.StatusCode,
                Code = problem?.Type.Code ?? (context.Response.StatusCode < StatusCodes.Status400BadRequest ? AuditedItem.Done : "ABORTED"),
                Uid = workload?.Uid ?? problem?.Uid,
                Key = context.Request.Headers["Idempotency-Key"] is [{ Length: > 0 } key] ? key.Trim('"') : null,
            },
            caller);
    }

    /// <summary>Writes the event of one of the changes that a request asks for.</summary>
    public void Record(HttpContext context, AuditedItem item) => Record(context, item, context.Features.Get<Caller>());

    private void Record(HttpContext context, AuditedItem item, Caller? caller) => LogAction(
        item.Action,
        item.Workload is not null && KubernetesNames.IsObjectName(item.Workload) ? item.Workload : Nothing,
        KubernetesNames.IsLabelValue(item.Project) ? item.Project : Nothing,
        caller?.Username ?? Nothing,
        $"{caller?.Mode ?? AuthenticationModes.None}",
        caller?.Groups ?? [],
        $"{context.Connection.RemoteIpAddress}",
        item.Status,
        item.Code,
        item.Uid ?? Nothing,
        item.Key is null ? Nothing : Fingerprint.OfKey(item.Key));

    [LoggerMessage(
        30,
        LogLevel.Information,
        "Audit: {Action} of {Workload} in {Project} by {Username} ({Mode}, groups {Groups}) from {Address}: {Status} {Code}, uid {Uid}, key {KeyHash}")]
    private partial void LogAction(
        string action, string workload, string project, string username, string mode, IReadOnlyList<string> groups, string address, int status, string code, string uid, string keyHash);
}
