using Gateway.Api.Errors;
using Gateway.Api.Logs.Writing;
using Gateway.Api.Workloads;
using Gateway.Core.Workloads;

namespace Gateway.Api.Logs;

/// <summary>What workloads write, and what happened to them.</summary>
internal static class LogRoutes
{
    /// <summary>Registers what finds logs.</summary>
    public static IServiceCollection AddLogs(this IServiceCollection services) => services.AddSingleton<LogFinder>();

    /// <summary>Maps both routes.</summary>
    public static void MapLogs(this IEndpointRouteBuilder app)
    {
        var workloads = app.MapWorkloadGroup();

        workloads.MapGet("/{name}/logs", LogHandlers.ReadLogs)
            .WithSummary("Read what a pod of the workload writes: the newest one unless told otherwise")
            .WithDescription(
                "With `follow` the answer begins at once, waits for the pod, goes on however long it is silent, and ends when the container ends. Where lines may be missing it says so: "
                + "by a line `--- gap: lines may be missing here ---`, or an event `gap`. As `text/event-stream` each line is an event with an id, after which `Last-Event-ID` goes on; "
                + "`end` says that nothing more comes, and `error` has the problem.")
            .Produces<string>(StatusCodes.Status200OK, LogWriter.PlainText, LogWriter.EventStream)
            .Refuses(ProblemTypes.WorkloadNotFound, ProblemTypes.LogsGone, ProblemTypes.AmbiguousName, ProblemTypes.LogsNotReady, ProblemTypes.PreconditionFailed, ProblemTypes.NotAcceptable);

        workloads.MapGet("/{name}/events", LogHandlers.ListEvents)
            .WithSummary("Read what happened to a workload, its pods and its pod group, the newest last")
            .WithDescription("Pods that are gone are known by their names. The cluster keeps events for an hour or so.")
            .Produces<EventPage>()
            .Refuses(ProblemTypes.WorkloadNotFound, ProblemTypes.AmbiguousName, ProblemTypes.PreconditionFailed);
    }
}
