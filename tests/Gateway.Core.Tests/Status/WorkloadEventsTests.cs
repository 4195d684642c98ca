using Gateway.Core.Status;
using k8s.Models;
using Xunit;

namespace Gateway.Core.Tests.Status;

public sealed class WorkloadEventsTests
{
    private static readonly DateTime Noon = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("Job", "train", "owner", 0, true)]
    [InlineData("Job", "train", "an attempt before", 0, false)]
    [InlineData("Pod", "train-bcdfg", "pod", 0, true)]
    [InlineData("Pod", "train-zzzzz", "gone", 1, true)]
    [InlineData("Pod", "train-zzzzz", "of an attempt before", -1, false)]
    [InlineData("Pod", "train-1-zzzzz", "of an indexed train", 1, false)]
    [InlineData("Pod", "train-two-zzzzz", "of the train train-two", 1, false)]
    [InlineData("Pod", "train-0", "of a build", 1, false)]
    [InlineData("PodGroup", "pg-train-owner", "group", 1, true)]
    [InlineData("PodGroup", "pg-train-bcdfg-pod", "group", 1, true)]
    [InlineData("PodGroup", "named-otherwise", "group", 1, true)]
    [InlineData("PodGroup", "pg-other-0815", "group", 1, false)]
    public void Concerns_ByWhatItIsAbout(string kind, string name, string uid, int minutes, bool expected) =>
        Assert.Equal(expected, Event(kind, name, uid, minutes).Concerns(Train()));

    [Theory]
    [InlineData("Indexed", "train-0-zzzzz", true)]
    [InlineData("Indexed", "train-12-zzzzz", true)]
    [InlineData("Indexed", "train-01-zzzzz", false)]
    [InlineData("Indexed", "train-zzzzz", false)]
    [InlineData("NonIndexed", "train-zzzza", false)]
    public void Concerns_APodThatIsGone_ByTheWayTheTrainNamesItsPods(string mode, string name, bool expected)
    {
        var train = Train();
        ((V1Job)train.Owner).Spec.CompletionMode = mode;

        Assert.Equal(expected, Event("Pod", name, "gone", 1).Concerns(train));
    }

    [Theory]
    [InlineData("build-0", true)]
    [InlineData("build-10", true)]
    [InlineData("build-x", false)]
    [InlineData("build-0-zzzzz", false)]
    [InlineData("other-0", false)]
    public void Concerns_APodOfABuild_ByItsOrdinal(string name, bool expected) => Assert.Equal(expected, Event("Pod", name, "gone", 1).Concerns(
        new() { Owner = new V1StatefulSet { Metadata = new() { Name = "build", Uid = "owner", CreationTimestamp = Noon } } }));

    [Theory]
    [InlineData("cannot run with s3cret-value", "cannot run with <hidden>")]
    [InlineData("spec.containers[0].env[0].value: Invalid value: \"s3cr\"", "<hidden>")]
    [InlineData("Error: failed to create containerd task: OCI runtime create failed: exec: \"sh s3cr\"", "Error: failed to create containerd task: <hidden>")]
    public void Message_NeverHoldsAnEnvironmentValue(string message, string expected)
    {
        var happened = Event("Pod", "train-bcdfg", "pod", 1) with { Message = message };

        Assert.Equal(expected, Train().ToEvents([happened]).Items[0].Message);
    }

    [Fact]
    public void Items_ComeNewestLast() => Assert.Equal(
        ["1", "2", "3"], Train().ToEvents([Event("Pod", "2", "", 2), Event("Pod", "3", "", 3), Event("Pod", "1", "", 1)]).Items.Select(one => one.About.Name));

    // As a real cluster wrote them: all within a second, in another order of names.
    [Fact]
    public void Items_OfOneSecond_ComeInTheOrderInWhichTheyHappened()
    {
        var step = Recording.Read("kai-train-preempted").First(step => step.At > 2);
        var (train, all) = (step.Workloads().Single(), step.Events().Reverse());

        Assert.Equal(["SuccessfulCreate", "Scheduled", "Bound", "Pulled", "Created", "Started"], train.ToEvents(all).Items.Select(one => one.Reason));
    }

    [Fact]
    public void Items_WhoseNamesTellNoTime_ComeByTheirTimes()
    {
        ObservedEvent[] all = [Event("Pod", "2", "", 1) with { Metadata = new() { Name = "deadbeef.ffffffffffffffff" } }, Event("Pod", "1", "", 1) with { Metadata = new() { Name = "an-event" } }, Event("Pod", "0", "", 0)];

        Assert.Equal(["0", "1", "2"], Train().ToEvents(all).Items.Select(one => one.About.Name));
    }

    private static ObservedWorkload Train() => new()
    {
        Owner = new V1Job
        {
            Metadata = new() { Name = "train", Uid = "owner", CreationTimestamp = Noon },
            Spec = new() { Template = new() { Spec = new() { Containers = [new() { Name = "main", Env = [new() { Name = "KEY", Value = "s3cret-value" }] }] } } },
        },
        Pods = [new() { Metadata = new() { Name = "train-bcdfg", Uid = "pod", Annotations = new Dictionary<string, string> { ["pod-group-name"] = "named-otherwise" } } }],
    };

    private static ObservedEvent Event(string kind, string name, string uid, int minutes) => new()
    {
        Metadata = new(),
        InvolvedObject = new() { Kind = kind, Name = name, Uid = uid },
        Reason = "Something",
        LastTimestamp = Noon.AddMinutes(minutes),
    };
}
