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
        ProjectAccess access, [AsParameters] WorkloadAddress address, [AsParameters] LogParameters parameters, HttpRequest request, WorkloadFinder finder, LogFinder logs, TimeProvider time, CancellationToken cancellationToken)
    {
        await access.RequireAsync(Right.Logs, cancellationToken);
        var mediaType = request.Prefer(LogWriter.PlainText, LogWriter.EventStream)
            ?? throw new ProblemException(ProblemTypes.NotAcceptable.With($"A log comes as {LogWriter.PlainText} or {LogWriter.EventStream}."));
        var wanted = parameters.ToRequest(mediaType, time.GetUtcNow());
        var owner = await finder.FindAsync(access, "get", address, cancellationToken);
        request.HttpContext.Response.Headers.Vary = "Accept";
        return await logs.LookAsync(access.Project, owner, wanted.Wish, cancellationToken) switch
        {
            LogFinding.Found found => new(access, owner, wanted, found.Source),
            LogFinding.NotYet when wanted is { Follow: true, Wish.Previous: false } => new(access, owner, wanted, null),
            var none => throw LogFinder.Refuse(none),
        };
    }

    public static async Task<WorkloadAnswer> ListEvents(
        ProjectAccess access, [AsParameters] WorkloadAddress address, WorkloadFinder finder, ClusterEvents events, ProjectShares shares, CancellationToken cancellationToken)
    {
        using var share = await shares.TakeToReadAsync(access, cancellationToken);
        var (observed, observedAt) = await finder.ObserveAsync(access, "get", address, cancellationToken);
        return new(StatusCodes.Status200OK, observed.ToEvents(await events.OfAsync(access.Project, observed, cancellationToken)), observedAt);
    }
}
