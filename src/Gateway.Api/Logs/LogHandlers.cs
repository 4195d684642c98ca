using Gateway.Api.Access;
using Gateway.Api.Cluster;
using Gateway.Api.Errors;
using Gateway.Api.Logs.Writing;
using Gateway.Api.Projects;
using Gateway.Api.Workloads;
using Gateway.Core.Logs;
using Gateway.Core.Status;

namespace Gateway.Api.Logs;

/// <summary>What reads logs and events.</summary>
internal static class LogHandlers
{
    public static async Task<LogAnswer> ReadLogs(
        ProjectAccess access, [AsParameters] WorkloadAddress address, [AsParameters] LogParameters parameters, HttpRequest request, WorkloadFinder finder, TimeProvider time, CancellationToken cancellationToken)
    {
        await access.RequireAsync(Right.Logs, cancellationToken);
        var mediaType = request.Prefer(LogWriter.PlainText, LogWriter.EventStream)
            ?? throw new ProblemException(ProblemTypes.NotAcceptable.With($"A log comes as {LogWriter.PlainText} or {LogWriter.EventStream}."));
        var wanted = parameters.ToRequest(mediaType, time.GetUtcNow());
        var (observed, _) = await finder.ObserveAsync(access, "get", address, cancellationToken);
        request.HttpContext.Response.Headers.Vary = "Accept";
        return observed.FindLog(wanted.Wish) switch
        {
            LogFinding.Found found => new(access, observed.Owner, wanted, found.Source),
            LogFinding.NotYet when wanted is { Follow: true, Wish.Previous: false } => new(access, observed.Owner, wanted, null),
            var none => throw LogFinder.Refuse(none),
        };
    }

    public static async Task<WorkloadAnswer> ListEvents(
        ProjectAccess access, [AsParameters] WorkloadAddress address, WorkloadFinder finder, ClusterEvents events, CancellationToken cancellationToken)
    {
        var (observed, observedAt) = await finder.ObserveAsync(access, "get", address, cancellationToken);
        return new(StatusCodes.Status200OK, observed.ToEvents(await events.OfAsync(access.Project, observed, cancellationToken)), observedAt);
    }
}
