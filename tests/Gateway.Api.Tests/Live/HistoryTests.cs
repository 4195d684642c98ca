using Gateway.Api.Live.Pictures;
using Gateway.Core.Scheduling;
using Gateway.Core.Status;
using Gateway.Core.Workloads;
using k8s;
using k8s.Models;
using Xunit;

namespace Gateway.Api.Tests.Live;

/// <summary>What a picture still tells of a workload after the cluster has forgotten it.</summary>
public sealed class HistoryTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch;
    private static readonly DateTime Noon = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly Picture _picture = new(SchedulerDialect.Kai);
    private int _version = 10;

    public HistoryTests() => _picture.Put(Job(), At);

    // A Job whose containers are started again in their pod deletes the pod when they were too many, which ends the run that goes on.
    [Fact]
    public void LastEnd_OfAPodThatItsJobDeleted_StaysWithWhatTheContainerSaid()
    {
        Show(Pod(running: true, last: 3), Pod(running: true, last: 3, leaving: true), Pod(running: false, last: 137, leaving: true));
        _picture.Remove(Pod(running: false, last: 137, leaving: true), At);
        _picture.Put(Job(failed: true), At);

        var shown = Shown();

        Assert.Equal(new() { Pod = "job-bcdfg", Container = "main", ExitCode = 3, Reason = "Error", Message = "no data", EndedAt = Noon }, shown.LastEnd);
        Assert.Equal(("NonZeroExit", "The container main ended with exit code 3, and no retry is left."), (shown.Reason!.Code, shown.Reason.Message));
        Assert.Equal(2, shown.Attempts!.Failed);
    }

    [Fact]
    public void LastEnd_OfAPodThatNobodySawEnd_IsNotMadeUp()
    {
        Show(Pod(running: true), Pod(running: false, last: 137, leaving: true));
        _picture.Remove(Pod(running: false, last: 137, leaving: true), At);

        Assert.Null(Shown().LastEnd);
    }

    [Fact]
    public void Preemptions_ThatTheClusterHasForgotten_AreStillTold()
    {
        _picture.Put(Group("first"), At);
        _picture.Put(Stop("first", 1), At);
        _picture.Put(Group("second"), At);
        _picture.Put(Stop("second", 2), At);

        // An hour later.
        _picture.Remove(Stop("first", 1), At);
        _picture.Replace<ObservedEvent>([], ++_version, At);

        Assert.Equal((2, "Preempted"), (Shown().Attempts!.Preempted, Shown().Reason!.Code));
        Assert.StartsWith("The scheduler stopped its pod in favour of team-b/theirs-2;", Shown().Reason!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Preemptions_AreKeptToABound()
    {
        _picture.Put(Group("first"), At);
        for (var i = 0; i < 150; i++)
            _picture.Put(Stop("first", i), At);

        _picture.Replace<ObservedEvent>([], ++_version, At);

        Assert.Equal(100, Shown().Attempts!.Preempted);
    }

    [Fact]
    public void Everything_GoesWithTheWorkload()
    {
        Show(Pod(running: false, last: 3));
        _picture.Remove(Pod(running: false, last: 3), At);
        Assert.NotNull(Shown().LastEnd);

        _picture.Remove(Job(), At);
        _picture.Put(Job(), At);

        Assert.Null(Shown().LastEnd);
    }

    // Pods and events are told of by watches of their own, which may come late.
    [Fact]
    public void Nothing_IsKeptOfAWorkloadThatIsGone()
    {
        Show(Pod(running: false, last: 3));
        _picture.Remove(Job(), At);
        _picture.Remove(Pod(running: false, last: 3), At);

        _picture.Put(Job(), At);

        Assert.Null(Shown().LastEnd);
    }

    private void Show(params ObservedPod[] states)
    {
        foreach (var state in states)
            _picture.Put(state, At);
    }

    private Workload Shown() => Assert.Single(_picture.Workloads).Observe().ToWorkload("team-a", "");

    private V1Job Job(bool failed = false) => new()
    {
        ApiVersion = "batch/v1",
        Kind = V1Job.KubeKind,
        Metadata = Metadata("job", "uid"),
        Spec = new() { BackoffLimit = 2, Template = new() { Spec = new() { RestartPolicy = "OnFailure", SchedulerName = SchedulerDialect.Kai.SchedulerName, Containers = [new() { Name = "main", Image = "image" }] } } },
        Status = failed ? new() { Failed = 1, Conditions = [new() { Type = "Failed", Status = "True", Reason = "BackoffLimitExceeded" }] } : new(),
    };

    private ObservedPod Pod(bool running, int? last = null, bool leaving = false)
    {
        var ended = last is { } code ? new ObservedContainerState { Terminated = new() { ExitCode = code, Reason = "Error", Message = code == 3 ? " no data\n" : null, FinishedAt = Noon } } : null;
        var metadata = Metadata("job-bcdfg", "pod");
        metadata.OwnerReferences = [Owner()];
        metadata.DeletionTimestamp = leaving ? Noon.AddMinutes(1) : null;
        return new()
        {
            Metadata = metadata,
            Spec = new() { SchedulerName = SchedulerDialect.Kai.SchedulerName, NodeName = "node-1" },
            Status = new()
            {
                Phase = running ? "Running" : "Failed",
                ContainerStatuses = [new() { Name = "main", RestartCount = 2, State = running ? new() { Running = new() { StartedAt = Noon } } : ended, LastState = running ? ended : null }],
            },
        };
    }

    private PodGroup Group(string name)
    {
        var metadata = Metadata(name, name);
        metadata.OwnerReferences = [Owner()];
        return new() { Metadata = metadata };
    }

    private ObservedEvent Stop(string group, int number)
    {
        var metadata = Metadata($"{group}.{number}", $"stop-{number}");
        metadata.Annotations = new Dictionary<string, string> { ["evictor-pod-group-name"] = $"theirs-{number}", ["evictor-pod-group-namespace"] = "team-b" };
        return new() { Metadata = metadata, Reason = "Evict", InvolvedObject = new() { Kind = PodGroup.KubeKind, Name = group, Uid = group }, LastTimestamp = Noon.AddMinutes(number) };
    }

    private V1ObjectMeta Metadata(string name, string uid) => new() { Name = name, NamespaceProperty = "runai-team-a", Uid = uid, ResourceVersion = $"{++_version}", CreationTimestamp = Noon };

    private static V1OwnerReference Owner() => new() { Kind = "Job", Name = "job", Uid = "uid", Controller = true };
}
