using Gateway.Api.Cluster;
using Gateway.Api.Errors;
using Gateway.Api.Logs.Writing;
using Gateway.Api.Projects;
using Gateway.Core.Logs;
using k8s;
using k8s.Models;

namespace Gateway.Api.Logs;

/// <summary>
/// Gives the log of one run of one container from its beginning to its end, over as many connections to the cluster as it takes. A
/// reader that is slow holds back what is read; nothing is kept but a buffer and a mark.
/// </summary>
internal sealed class LogStream(LogFinder finder, ClusterLogs logs, Project project, IKubernetesObject<V1ObjectMeta> owner, LogRequest request, LogWriter writer, Pulse pulse)
{
    private const int BufferSize = 8 * 1024;

    // A connection that is silent for so many beats may be dead: the next one goes on where it was.
    private const int LongestSilence = 20;

    // What does not follow is not waited for any longer.
    private const int MostFailures = 5;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(5);

    private LogMark? _mark = request.Mark;

    // A connection that breaks before anything came is tried again, since reading does no harm.
    private int _patience = 2;

    private enum Ending
    {
        Ended,
        Broken,
        Absent,
    }

    /// <summary>Gives the log of a source; of the one that comes, where there is none yet.</summary>
    public async Task RunAsync(LogSource? source, CancellationToken stop)
    {
        if (request.Follow)
            await writer.StartAsync(stop);
        source ??= await WaitAsync(stop);
        writer.From(source);
        for (var failures = 0; ;)
        {
            var (before, last) = (_mark, source.Over || !request.Follow);
            var ending = await ReadAsync(source, follow: !last, stop);
            if (ending == Ending.Ended && last)
                break;
            failures = _mark == before ? failures + 1 : 0;
            var next = await AgainAsync(source, ending, failures, stop);
            if (next is null)
                break;
            source = next;
        }
        await writer.EndAsync(stop);
    }

    // Without a picture to wait by, a pod that comes soon is seen soon.
    private async Task<LogSource> WaitAsync(CancellationToken stop)
    {
        for (var asked = 0; ; asked++)
        {
            if (await pulse.DuringAsync(finder.WaitAsync(project, owner, request.Wish, stop), int.MaxValue) is { } shown)
                return shown;
            var finding = await LookAsync(request.Wish, stop);
            if (finding is LogFinding.Found found)
                return found.Source;
            if (finding is not (null or LogFinding.NotYet))
                throw LogFinder.Refuse(finding, request);
            await pulse.ForAsync(asked < 10 ? Soon : Later, stop);
        }
    }

    private async Task<LogSource?> AgainAsync(LogSource source, Ending ending, int failures, CancellationToken stop)
    {
        if (!request.Follow && (failures > MostFailures || (ending == Ending.Absent && !writer.HasStarted)))
            throw Refuse(source, ending);
        if (failures > 0)
            await pulse.ForAsync(failures < 3 ? Soon : Later, stop);
        var finding = await LookAsync(new() { Pod = source.Pod, Container = source.Container, Run = source.Run }, stop);
        if (finding is null)
            return source;
        if (finding is LogFinding.Found found)
            return ending == Ending.Absent && source.Over && failures > MostFailures ? throw Refuse(source, ending) : found.Source;
        // The pod is gone. Where the node ended the log itself it was whole.
        if (ending != Ending.Ended)
            writer.Gap();
        return null;
    }

    private async Task<Ending> ReadAsync(LogSource source, bool follow, CancellationToken stop)
    {
        var reader = new LogReader(_mark, request.From is { } from ? LogTime.Of(from) : null);
        var extent = new LogExtent(follow, _mark?.AskFrom ?? request.Since, _mark is null ? request.Tail : null);
        using var connecting = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            await using var connection = await pulse.DuringAsync(logs.OpenAsync(project, source, extent, connecting.Token), LongestSilence);
            if (connection is null)
                return Ending.Absent;
            await writer.StartAsync(stop);
            await CopyAsync(connection, reader, stop);
            if (!reader.Seeks)
                return Ending.Ended;
            // What was given is not there any more; while more may come, the next connection may tell more.
            if (follow)
                return Ending.Broken;
            writer.Gap();
            return Ending.Ended;
        }
        catch (Exception e) when (e is IOException or TimeoutException || (e is ClusterException refusal && IsBorne(refusal)))
        {
            // Without a line to go on from, the end of a log is another one by now.
            if (follow && e is IOException && reader.Mark is null && request.Tail is not null)
                writer.Gap();
            return Ending.Broken;
        }
        finally
        {
            _mark = reader.Mark;
            await connecting.CancelAsync();
        }
    }

    private async Task CopyAsync(Stream connection, LogReader reader, CancellationToken stop)
    {
        // Not one for all connections: a read that is given up may end late.
        var buffer = new byte[BufferSize];
        while (await pulse.DuringAsync(connection.ReadAsync(buffer, stop).AsTask(), LongestSilence) is > 0 and var read)
        {
            reader.Read(buffer.AsSpan(0, read), writer);
            await writer.FlushAsync(stop);
        }
    }

    // Null while the cluster cannot say.
    private async Task<LogFinding?> LookAsync(LogWish wish, CancellationToken stop)
    {
        try
        {
            return await pulse.DuringAsync(finder.FindAsync(project, owner, wish, stop), int.MaxValue);
        }
        catch (ClusterException e) when (IsPassing(e))
        {
            return null;
        }
    }

    private bool IsBorne(ClusterException e) =>
        writer.HasStarted ? IsPassing(e) : e is { Status: null, TimedOut: false } && _patience-- > 0;

    private static bool IsPassing(ClusterException e) => e.SetUp is null && e.Status is null or >= System.Net.HttpStatusCode.InternalServerError or System.Net.HttpStatusCode.TooManyRequests;

    private ProblemException Refuse(LogSource source, Ending ending)
    {
        var pod = request.MayNamePods ? $"the pod {source.Pod}" : "a pod";
        return ending != Ending.Absent
            ? new(ProblemTypes.ClusterUnavailable.With($"The log of {pod} broke off again and again."))
            : new((source.Over ? ProblemTypes.LogsGone : ProblemTypes.LogsNotReady).With($"The node of {pod} has no log of its container {source.Container}{(source.Over ? " any more" : " yet")}."));
    }
}
