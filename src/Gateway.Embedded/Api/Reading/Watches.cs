using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Api.Reading;

/// <summary>
/// Watches: the changes after a version, as they come. A watcher reads from the log at its own pace; one that falls behind the log is told
/// that its version is gone, so that nobody's slowness costs memory.
/// </summary>
internal sealed class Watches(ObjectStore store, TimeProvider time, CancellationToken stopping)
{
    private static readonly TimeSpan BookmarkInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(45);

    public async Task WatchAsync(ApiRequest request)
    {
        var start = WatchStart.From(request, store);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(request.Http.RequestAborted, stopping);
        using var timeout = new CancellationTokenSource(Timeout(request), time);
        using var _ = timeout.Token.Register(ending.Cancel);
        request.Http.Response.ContentType = "application/json";
        await request.Http.Response.StartAsync(ending.Token);
        await request.Http.Response.Body.FlushAsync(ending.Token);
        try
        {
            await SendAsync(request, start, new WatchStream(request, time), ending.Token);
        }
        catch (OperationCanceledException)
        {
            // The client has gone, its time is up, or the cluster stops: a watch then simply ends.
        }
    }

    private async Task SendAsync(ApiRequest request, WatchStart start, WatchStream stream, CancellationToken ending)
    {
        foreach (var item in start.Initial.Where(stream.Selection.Matches)) await stream.SendAsync("ADDED", item, ending);
        if (start.AnnouncesEnd) stream.Bookmark(start.Version, initialEventsEnd: true);
        await stream.FlushAsync(ending);
        var log = store.Changes(request.Type!);
        for (var version = start.Version; ;)
        {
            var changes = log.After(version, out var next);
            if (changes is null)
            {
                stream.SendError(Refusal.Expired($"too old resource version: {version} ({log.Horizon})"));
                await stream.FlushAsync(ending);
                return;
            }
            foreach (var change in changes) await stream.SendAsync(change, ending);
            if (changes.Count > 0) version = changes[^1].Version;
            await stream.FlushAsync(ending);
            if (changes.Count == 0) version = await WaitAsync(request, stream, next, log, version, ending);
        }
    }

    /// <summary>Waits for the next change. A quiet minute ends with a bookmark for those who want one.</summary>
    private async Task<long> WaitAsync(ApiRequest request, WatchStream stream, Task next, ChangeLog log, long version, CancellationToken ending)
    {
        try
        {
            await next.WaitAsync(BookmarkInterval, time, ending);
            return version;
        }
        catch (TimeoutException)
        {
            var reached = store.Version;
            if (log.After(version, out _) is not { Count: 0 }) return version;
            if (request.Asks("allowWatchBookmarks")) stream.Bookmark(reached, initialEventsEnd: false);
            return reached;
        }
    }

    private static TimeSpan Timeout(ApiRequest request) =>
        int.TryParse(request.Option("timeoutSeconds"), out var seconds) && seconds > 0 ? TimeSpan.FromSeconds(seconds) : DefaultTimeout;
}

/// <summary>Where a watch begins, and what it sends first.</summary>
internal sealed record WatchStart(long Version, IEnumerable<StoredObject> Initial, bool AnnouncesEnd)
{
    public static WatchStart From(ApiRequest request, ObjectStore store)
    {
        var asked = request.Option("resourceVersion") ?? "";
        var initial = request.Asks("sendInitialEvents");
        if (!ulong.TryParse(asked == "" ? "0" : asked, out var version))
            throw new Refusal(500, null, $"resourceVersion: Invalid value: \"{asked}\": strconv.ParseUint: parsing \"{asked}\": invalid syntax");
        if (!initial && version > 0) return new WatchStart((long)version, [], false);
        var listing = store.List(request.Type!, request.Space);
        return new WatchStart(listing.Version, request.Option("sendInitialEvents") is "false" ? [] : listing.Items, initial);
    }
}
