using Gateway.Embedded.Clockwork;

namespace Gateway.Embedded.Kubelet.Starting;

/// <summary>The init containers of a pod: one after another, each until it succeeds.</summary>
internal sealed class Initialization(ContainerStart starts, TimeProvider time, Pauses pauses, Behaviour behaviour, Action report)
{
    private static readonly TimeSpan RestartTime = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs them; false where one failed and is not to be tried again.</summary>
    public async Task<bool> RunAsync(IReadOnlyList<Container> containers, bool again, Func<Container, CrashLoop> loop, CancellationToken end)
    {
        foreach (var container in containers)
            for (var crashes = 0; !await RunOnceAsync(container, end); crashes++)
            {
                if (!again) return false;
                if (crashes == 0) await pauses.ForAsync(RestartTime, end);
                else await loop(container).WaitAsync(crashes, end);
            }
        return true;
    }

    private async Task<bool> RunOnceAsync(Container container, CancellationToken end)
    {
        starts.Start(container, behaviour);
        report();
        await pauses.ForAsync(behaviour.RunTime ?? Timeout.InfiniteTimeSpan, end);
        container.Run!.Finish(time.GetUtcNow());
        report();
        return container.Succeeded;
    }
}
