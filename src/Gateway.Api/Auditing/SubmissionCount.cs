using Gateway.Api.Errors;
using Gateway.Api.Observability;
using Gateway.Api.Projects;
using Gateway.Core.Workloads;

namespace Gateway.Api.Auditing;

/// <summary>Counts submissions by what became of them. A project counts by its name once it is known to exist: others are a caller's choice.</summary>
internal sealed class SubmissionCount(GatewayMetrics metrics)
{
    /// <summary>Counts a request that has been answered, if it was a submission.</summary>
    public void Record(HttpContext context)
    {
        if (AuditedAction.Of(context)?.Name is not (AuditedAction.Submit or AuditedAction.Try))
            return;
        var type = context.Features.Get<WorkloadSubmission>()?.Type;
        metrics.Submitted(context.Features.Get<Project>()?.Name, WorkloadType.All.Contains(type) ? type : null, Outcome(context));
    }

    private static string Outcome(HttpContext context) =>
        context.Features.Get<Problem>()?.Type.Code
        ?? (context.Response.StatusCode == StatusCodes.Status201Created ? "created" : context.Response.Headers.ContainsKey("Idempotency-Replayed") ? "replayed" : "planned");
}
