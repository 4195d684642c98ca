using System.Diagnostics.CodeAnalysis;
using Gateway.Api.Cluster.Watching;
using Gateway.Api.Errors;
using Gateway.Api.Live.Pictures;
using Gateway.Api.Live.Watching;
using Gateway.Api.Observability;
using Gateway.Api.Projects;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Live;

/// <summary>
/// The pictures of the projects that are read: each is watched from its first use until nobody has used it for a while, and all
/// readers share it. Of too many the one not used for longest is given up.
/// </summary>
internal sealed class LivePictures : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Kept> _kept = [];
    private readonly ProjectWatches _watches;
    private readonly LiveOptions _options;
    private readonly TimeProvider _time;
    private readonly ITimer _sweep;

    public LivePictures(ProjectWatches watches, IOptions<LiveOptions> options, GatewayMetrics metrics, TimeProvider time)
    {
        (_watches, _options, _time) = (watches, options.Value, time);
        _sweep = time.CreateTimer(_ => Sweep(), null, _options.IdleAfter / 4, _options.IdleAfter / 4);
        metrics.ShowPictures(() => Ready().Count, () => Ready().Select(picture => time.GetUtcNow() - picture.HeardAt).DefaultIfEmpty().Max());
    }

    /// <summary>The project's picture, kept up to date; where no more can be kept, one that was read just now. Fails as the cluster does.</summary>
    public async Task<Picture> GetAsync(Project project, CancellationToken cancellationToken) => TryKeep(project) is { } kept
        ? await kept.Watch.Ready.WaitAsync(cancellationToken)
        : await LookAsync(project, cancellationToken);

    /// <summary>The project as it is at this moment, asked of the cluster.</summary>
    public Task<Picture> LookAsync(Project project, CancellationToken cancellationToken) => _watches.Of(project).LookAsync(cancellationToken);

    /// <summary>The project's picture if it is up to date already. It is watched from now on in any case.</summary>
    public Picture? Warm(Project project) => TryKeep(project) is { Watch.Ready: { IsCompletedSuccessfully: true } ready } ? ready.Result : null;

    /// <summary>The project's picture for as long as the hold lasts; ends the request with 429 where no more can be kept.</summary>
    public async Task<PictureHold> HoldAsync(Project project, CancellationToken cancellationToken) => await TryHoldAsync(project, cancellationToken)
        ?? throw new ProblemException(ProblemTypes.TooManyRequests.With("The gateway watches as many projects as it may.") with { RetryAfter = TimeSpan.FromSeconds(30) });

    /// <summary>The project's picture for as long as the hold lasts; null where no more can be kept. Fails as the cluster does.</summary>
    public async Task<PictureHold?> TryHoldAsync(Project project, CancellationToken cancellationToken)
    {
        if (TryKeep(project, held: true) is not { } kept)
            return null;
        var hold = new PictureHold(kept.Watch.Picture, () => Release(kept));
        try
        {
            await kept.Watch.Ready.WaitAsync(cancellationToken);
            return hold;
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    /// <summary>Shows what a write of our own left, to all who read from now on.</summary>
    public void Saw(Project project, IKubernetesObject<V1ObjectMeta> written) => TryKeep(project)?.Watch.Picture.Saw(written);

    /// <summary>Shows that a workload is gone, to all who read from now on.</summary>
    public void SawGo(Project project, string uid) => TryKeep(project)?.Watch.Picture.SawGo(uid);

    /// <summary>Whether what was heard at that time is too old to be given without a word.</summary>
    public bool IsStale(DateTimeOffset heardAt) => _time.GetUtcNow() - heardAt > _options.StaleAfter;

    public void Dispose()
    {
        _sweep.Dispose();
        lock (_lock)
        {
            foreach (var name in _kept.Keys.ToList())
                GiveUp(name);
        }
    }

    private Kept? TryKeep(Project project, bool held = false)
    {
        lock (_lock)
        {
            if (!_kept.TryGetValue(project.Namespace, out var kept) && !TryBegin(project, out kept))
                return null;
            kept.UsedAt = _time.GetUtcNow();
            kept.Holds += held ? 1 : 0;
            return kept;
        }
    }

    private bool TryBegin(Project project, [NotNullWhen(true)] out Kept? begun)
    {
        begun = null;
        if (_kept.Count >= _options.Projects)
        {
            // Whoever waits for one that is not read yet is not to wait in vain.
            var idle = _kept.Where(one => one.Value.Holds == 0 && one.Value.Watch.Ready.IsCompleted).ToList();
            if (idle.Count == 0)
                return false;
            GiveUp(idle.MinBy(one => one.Value.UsedAt).Key);
        }
        _kept[project.Namespace] = begun = new(_watches.Of(project));
        _ = RunAsync(project.Namespace, begun);
        return true;
    }

    private async Task RunAsync(string namespaceName, Kept kept)
    {
        // Not within the lock.
        await Task.Yield();
        await kept.Watch.RunAsync(kept.Stop.Token);
        lock (_lock)
        {
            if (_kept.TryGetValue(namespaceName, out var current) && current == kept)
                GiveUp(namespaceName);
        }
    }

    private void Release(Kept kept)
    {
        lock (_lock)
            (kept.Holds, kept.UsedAt) = (kept.Holds - 1, _time.GetUtcNow());
    }

    private void Sweep()
    {
        lock (_lock)
        {
            foreach (var (name, _) in _kept.Where(one => one.Value.Holds == 0 && _time.GetUtcNow() - one.Value.UsedAt > _options.IdleAfter).ToList())
                GiveUp(name);
        }
    }

    private void GiveUp(string namespaceName)
    {
        _kept.Remove(namespaceName, out var kept);
        kept!.Stop.Cancel();
    }

    private List<Picture> Ready()
    {
        lock (_lock)
            return [.. _kept.Values.Where(kept => kept.Watch.Ready.IsCompletedSuccessfully).Select(kept => kept.Watch.Picture)];
    }

    private sealed class Kept(ProjectWatch watch)
    {
        public ProjectWatch Watch { get; } = watch;

        public CancellationTokenSource Stop { get; } = new();

        public DateTimeOffset UsedAt { get; set; }

        public int Holds { get; set; }
    }
}
