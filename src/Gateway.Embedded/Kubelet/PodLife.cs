using System.Text.Json.Nodes;
using Gateway.Embedded.Clockwork;
using Gateway.Embedded.Controllers;
using Gateway.Embedded.Kubelet.Starting;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kubelet;

/// <summary>The life of one pod on its node, told from the first container to the last.</summary>
internal sealed class PodLife(ClusterObjects objects, EventLog events, Pauses pauses, StoredObject pod, string address, Func<bool> lost) : IDisposable
{
    private static readonly TimeSpan SandboxTime = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan StartTime = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ConfigRetry = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PhaseDelay = TimeSpan.FromSeconds(1.1);
    private static readonly TimeSpan LostCheck = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CleanupTime = TimeSpan.FromMilliseconds(200);

    private readonly JsonObject spec = pod.ToJson().Child("spec");
    private readonly Behaviour behaviour = Behaviour.Of(pod.ToJson());
    private readonly CancellationTokenSource asked = new();
    private readonly CancellationTokenSource gone = new();
    private readonly ContainerStart starts = new(events, pod, objects.Time);
    private PodReport report = PodReport.Begin(pod.ToJson(), objects.Now);

    /// <summary>What its main containers do.</summary>
    public IReadOnlyList<Container> Containers => report.Containers;

    /// <summary>What all of its containers do; the API reads their logs.</summary>
    public IEnumerable<Container> AllContainers => report.InitContainers.Concat(report.Containers);

    /// <summary>Says again how it stands, once its node is in touch again.</summary>
    public void CatchUp() => Report(report);

    /// <summary>Asks the pod to stop.</summary>
    public void Stop() => asked.Cancel();

    /// <summary>The pod has been removed: nobody waits for it any longer.</summary>
    public void Dispose()
    {
        gone.Cancel();
        asked.Cancel();
        gone.Dispose();
        asked.Dispose();
    }

    public async Task LiveAsync()
    {
        var removal = gone.Token;
        try
        {
            await LiveAsync(asked.Token);
        }
        catch (OperationCanceledException) when (!removal.IsCancellationRequested)
        {
            await EndAsync(removal);
        }
    }

    private async Task LiveAsync(CancellationToken end)
    {
        await InTouchAsync(end);
        Report(report);
        await pauses.ForAsync(SandboxTime, end);
        await new MissingVolumes(objects.Store, events, pauses, pod, spec).WaitAsync(end);
        Report(report with { SandboxReady = true });
        await pauses.ForAsync(StartTime, end);
        report = report with { Address = address };
        if (behaviour.PullError is { } error) await new ImagePull(events, pauses, pod, report.InitContainers.Count > 0 ? [report.InitContainers[0]] : Containers, () => Report(report)).FailAsync(error, end);
        if (!await InitializeAsync(end))
        {
            await FinishAsync(end);
            return;
        }
        while (WithoutConfig() is var (container, missing))
        {
            Tell(container, "Normal", "Pulled", ImagePull.Present(container.Image));
            Tell(container, "Warning", "Failed", $"Error: {missing}");
            container.Waiting = ("CreateContainerConfigError", missing);
            Report(report);
            await pauses.ForAsync(ConfigRetry, end);
        }
        await RunAsync(end);
    }

    private Task<bool> InitializeAsync(CancellationToken end) =>
        new Initialization(starts, objects.Time, pauses, behaviour.ForInit(), () => Report(report))
            .RunAsync(report.InitContainers, spec.Text("restartPolicy") != "Never", container => new CrashLoop(events, pauses, pod, [container], () => Report(report)), end);

    /// <summary>A container that refers to what is not there, and what that is.</summary>
    private (Container, string)? WithoutConfig()
    {
        foreach (var container in Containers)
            if (MissingConfig.Of(objects.Store, pod.Namespace, container.Specification) is { } missing) return (container, missing);
        return null;
    }

    private async Task RunAsync(CancellationToken end)
    {
        for (var crashes = 0; ; crashes++)
        {
            foreach (var container in Containers) starts.Start(container, behaviour);
            Report(report with { Phase = "Running" });
            await pauses.ForAsync(behaviour.RunTime ?? Timeout.InfiniteTimeSpan, end);
            if (behaviour.Eviction is { } reason)
            {
                Evict(reason);
                return;
            }
            foreach (var container in Containers) container.Run!.Finish(objects.Time.GetUtcNow());
            if (!Restarts()) break;
            Report(report);
            if (crashes == 0) await pauses.ForAsync(StartTime, end);
            else await new CrashLoop(events, pauses, pod, Containers, () => Report(report)).WaitAsync(crashes, end);
        }
        await FinishAsync(end);
    }

    private async Task FinishAsync(CancellationToken end)
    {
        Report(report with { Over = true });
        await pauses.ForAsync(PhaseDelay, end);
        Report(report with { Phase = FinalPhase(), SandboxReady = false });
    }

    private void Evict(string reason)
    {
        events.Warn(pod, "Evicted", reason);
        foreach (var container in Containers) Tell(container, "Normal", "Killing", $"Stopping container {container.Name}");
        foreach (var container in Containers) container.Run!.Stop(objects.Time.GetUtcNow(), 137);
        Report(report with { Over = true, Phase = "Failed", SandboxReady = false, Eviction = reason });
    }

    private bool Restarts() => spec.Text("restartPolicy") switch
    {
        "Never" => false,
        "OnFailure" => behaviour.ExitCode != 0,
        _ => true,
    };

    /// <summary>Stops what runs within the grace that was given, then lets the pod go.</summary>
    private async Task EndAsync(CancellationToken removal)
    {
        await InTouchAsync(removal);
        Report(report);
        var running = AllContainers.Where(container => container.Running).ToArray();
        foreach (var container in running) Tell(container, "Normal", "Killing", $"Stopping container {container.Name}");
        var grace = TimeSpan.FromSeconds(Grace());
        var patient = behaviour.StopTime <= grace;
        if (running.Length > 0) await pauses.ForAsync(patient ? behaviour.StopTime : grace, removal);
        foreach (var container in running) container.Run!.Stop(objects.Time.GetUtcNow(), patient ? behaviour.StopExitCode : 137);
        foreach (var container in Containers.Where(container => container.Run is not null)) container.Waiting = null;
        if (Containers.All(container => container.Run is not null)) Report(report with { Over = true, Phase = FinalPhase(), SandboxReady = false });
        await pauses.ForAsync(CleanupTime, removal);
        await InTouchAsync(removal);
        objects.Delete(ResourceTypes.Pods, pod.Namespace, pod.Name, new DeleteOptions { GracePeriodSeconds = 0, Uid = pod.Uid });
    }

    /// <summary>A node that is lost hears nothing and says nothing.</summary>
    private async Task InTouchAsync(CancellationToken end)
    {
        while (lost()) await pauses.ForAsync(LostCheck, end);
    }

    private long Grace() => objects.Store.FindByUid(pod.Uid)?.ToJson().Metadata().Number("deletionGracePeriodSeconds") ?? 0;

    private string FinalPhase() => Containers.All(container => container.Run is { ExitCode: 0 }) ? "Succeeded" : "Failed";

    private void Tell(Container container, string type, string reason, string message)
    {
        if (type == "Warning") events.Warn(pod, reason, message, container.Part);
        else events.Normal(pod, reason, message, container.Part);
    }

    private void Report(PodReport next)
    {
        report = next;
        if (lost()) return;
        objects.Store.Update(ResourceTypes.Pods, pod.Namespace, pod.Name, standing =>
        {
            if (standing.Metadata().Text("uid") != pod.Uid) return null;
            standing["status"] = report.ToStatus(standing.Child("status"), standing.Metadata().Number("generation") ?? 1, objects.Now);
            return standing;
        });
    }
}
