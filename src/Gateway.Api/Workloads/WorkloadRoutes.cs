using Gateway.Api.Access;
using Gateway.Api.Auditing;
using Gateway.Api.Errors;
using Gateway.Api.Projects;
using Gateway.Api.Workloads.Batches;
using Gateway.Core.Workloads;
using Microsoft.AspNetCore.Mvc;

namespace Gateway.Api.Workloads;

/// <summary>The routes of workloads.</summary>
internal static class WorkloadRoutes
{
    private const int LargestBatch = 8 << 20;

    /// <summary>Maps every route on workloads.</summary>
    public static void MapWorkloads(this IEndpointRouteBuilder app)
    {
        var workloads = app.MapWorkloadGroup();

        workloads.MapPost("/", SubmitHandler.SubmitWorkload)
            .WithSummary("Submit a train or a build").Audited(AuditedAction.Submit)
            .Produces<Workload>(StatusCodes.Status201Created).Produces<Workload>(StatusCodes.Status200OK)
            .Refuses(ProblemTypes.PayloadTooLarge, ProblemTypes.UnsupportedMediaType, ProblemTypes.InvalidWorkload, ProblemTypes.IdempotencyKeyReused)
            .Refuses(ProblemTypes.NameTaken, ProblemTypes.Conflict, ProblemTypes.ProjectTerminating, ProblemTypes.QuotaExceeded, ProblemTypes.PolicyDenied);

        workloads.MapGet("/", ReadHandlers.ListWorkloads)
            .WithSummary("List the workloads of a project")
            .Produces<WorkloadPage>().Produces(StatusCodes.Status304NotModified);

        workloads.MapGet("/{name}", ReadHandlers.GetWorkload)
            .WithSummary("Read one workload, with its pods and why it is where it is")
            .Produces<Workload>().Produces(StatusCodes.Status304NotModified)
            .Refuses(ProblemTypes.WorkloadNotFound, ProblemTypes.AmbiguousName, ProblemTypes.PreconditionFailed);

        workloads.MapGet("/{name}/manifest", ReadHandlers.GetManifest)
            .WithSummary("Read the object that runs a workload, as `kubectl apply -f -` takes it")
            .Produces<string>(StatusCodes.Status200OK, "application/yaml", "application/json")
            .Refuses(ProblemTypes.WorkloadNotFound, ProblemTypes.AmbiguousName, ProblemTypes.PreconditionFailed, ProblemTypes.NotAcceptable);

        workloads.MapDelete("/{name}", DeleteHandler.DeleteWorkload)
            .WithSummary("Delete a workload, its pods, and what was made for it").Audited("delete")
            .Produces<Workload>(StatusCodes.Status202Accepted).Produces<Workload>(StatusCodes.Status200OK)
            .Refuses(ProblemTypes.WorkloadNotFound, ProblemTypes.AmbiguousName, ProblemTypes.ManagedElsewhere, ProblemTypes.PreconditionFailed, ProblemTypes.Conflict);

        workloads.MapPost("/batch", BatchHandlers.SubmitBatch)
            .WithSummary("Submit up to 1,000 trains and builds").WithMetadata(new RequestSizeLimitAttribute(LargestBatch)).RequireRateLimiting(RateLimit.BatchPolicy)
            .Produces<BatchAnswer>()
            .Refuses(ProblemTypes.PayloadTooLarge, ProblemTypes.UnsupportedMediaType, ProblemTypes.InvalidWorkload);

        workloads.MapPost("/batch-delete", BatchHandlers.DeleteBatch)
            .WithSummary("Delete up to 1,000 workloads, by name or by filter").RequireRateLimiting(RateLimit.BatchPolicy)
            .Produces<BatchDeleteAnswer>()
            .Refuses(ProblemTypes.PayloadTooLarge, ProblemTypes.UnsupportedMediaType, ProblemTypes.Conflict);

        workloads.MapPost("/{name}/suspend", SteerHandlers.SuspendWorkload)
            .WithSummary("Suspend a workload: its pods go, and it holds no GPU until it is resumed").Audited("suspend").Steers();

        workloads.MapPost("/{name}/resume", SteerHandlers.ResumeWorkload)
            .WithSummary("Resume a suspended workload").Audited("resume").Steers();
    }

    /// <summary>Where all routes on workloads are, with what they have in common.</summary>
    public static RouteGroupBuilder MapWorkloadGroup(this IEndpointRouteBuilder app) =>
        app.MapGroup($"/projects/{{{Project.RouteParameter}}}/workloads").WithTags("Workloads")
            .RefuseUnknownQuery()
            .Refuses(ProblemTypes.MalformedRequest, ProblemTypes.Unauthenticated, ProblemTypes.Forbidden, ProblemTypes.ProjectNotFound, ProblemTypes.AmbiguousProject, ProblemTypes.TooManyRequests)
            .Refuses(ProblemTypes.ClusterError, ProblemTypes.ClusterUnavailable, ProblemTypes.AuthenticationUnavailable, ProblemTypes.ProjectNotSetUp, ProblemTypes.ClusterTimeout);

    private static void Steers(this RouteHandlerBuilder route) => route
        .Produces<Workload>(StatusCodes.Status202Accepted).Produces<Workload>(StatusCodes.Status200OK)
        .Refuses(ProblemTypes.WorkloadNotFound, ProblemTypes.AmbiguousName, ProblemTypes.ManagedElsewhere, ProblemTypes.NotAllowedInPhase, ProblemTypes.PreconditionFailed, ProblemTypes.Conflict);
}
