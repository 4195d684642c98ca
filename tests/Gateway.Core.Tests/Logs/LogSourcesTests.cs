using Gateway.Core.Logs;
using Gateway.Core.Status;
using k8s.Models;
using Xunit;

namespace Gateway.Core.Tests.Logs;

public sealed class LogSourcesTests
{
    private static readonly DateTime Noon = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Find_OfAContainerThatWaitsToBeStartedAgain_IsItsLastRun() => Assert.Equal(
        new LogSource("w-bcdfg", "main", "second", Previous: false, Over: true),
        Found(Train(Pod("w-bcdfg", status => (status.State, status.LastState, status.RestartCount) = (Waiting("CrashLoopBackOff"), Ended("second"), 1))), new()));

    [Fact]
    public void Find_OfARunThatIsNotTheLatestAnyMore_IsThePreviousOne() => Assert.Equal(
        new LogSource("w-bcdfg", "main", "first", Previous: true, Over: true),
        Found(Train(Pod("w-bcdfg", status => (status.State, status.LastState, status.ContainerID) = (Running(), Ended("first"), "containerd://second"))), new() { Pod = "w-bcdfg", Container = "main", Run = "first" }));

    [Fact]
    public void Find_OfARunThatIsNotKept_IsGone() => Assert.IsType<LogFinding.Gone>(
        Train(Pod("w-bcdfg", status => (status.State, status.ContainerID) = (Running(), "containerd://second"))).FindLog(new() { Run = "first" }));

    [Fact]
    public void Find_OfAnotherContainer_NamesThoseThatThereAre() =>
        Assert.Equal("must be one of: main, clone", Assert.IsType<LogFinding.Wrong>(Train(Pod("w-bcdfg", _ => { })).FindLog(new() { Container = "other" })).Because);

    [Fact]
    public void Find_OfAnotherPod_NamesThoseThatThereAre() =>
        Assert.Equal("is none of this workload's pods; there are: w-bcdfg", Assert.IsType<LogFinding.Wrong>(Train(Pod("w-bcdfg", _ => { })).FindLog(new() { Pod = "else-bcdfg" })).Because);

    [Fact]
    public void Find_OfAPodThatIsGone_IsGone() => Assert.IsType<LogFinding.Gone>(Train(Pod("w-bcdfg", _ => { })).FindLog(new() { Pod = "w-zzzzz" }));

    [Fact]
    public void Find_ByIndexOfATrainWithoutIndexes_IsWrong() => Assert.Equal("index", Assert.IsType<LogFinding.Wrong>(Train().FindLog(new() { Index = 0 })).Parameter);

    [Fact]
    public void Find_WithoutAnyPod_IsNotYetAndThenGone()
    {
        var ended = Train();
        ((V1Job)ended.Owner).Status = new() { Conditions = [new() { Type = "Complete", Status = "True" }] };

        Assert.IsType<LogFinding.NotYet>(Train().FindLog(new()));
        Assert.IsType<LogFinding.Gone>(ended.FindLog(new()));
    }

    private static LogSource Found(ObservedWorkload observed, LogWish wish) => Assert.IsType<LogFinding.Found>(observed.FindLog(wish)).Source;

    private static ObservedWorkload Train(params V1Pod[] pods) => new()
    {
        Owner = new V1Job { Metadata = new() { Name = "w", Uid = "1", CreationTimestamp = Noon }, Spec = new() { Template = new() { Spec = Spec() } } },
        Pods = [.. pods.Select(ObservedPod.Of)],
    };

    private static V1Pod Pod(string name, Action<V1ContainerStatus> set)
    {
        var status = new V1ContainerStatus { Name = "main" };
        set(status);
        return new() { Metadata = new() { Name = name, CreationTimestamp = Noon }, Spec = Spec(), Status = new() { Phase = "Running", ContainerStatuses = [status] } };
    }

    private static V1PodSpec Spec() => new() { Containers = [new() { Name = "main" }], InitContainers = [new() { Name = "clone" }] };

    private static V1ContainerState Waiting(string reason) => new() { Waiting = new() { Reason = reason } };

    private static V1ContainerState Running() => new() { Running = new() { StartedAt = Noon } };

    private static V1ContainerState Ended(string run) => new() { Terminated = new() { ContainerID = $"containerd://{run}", ExitCode = 1, StartedAt = Noon, FinishedAt = Noon } };
}
