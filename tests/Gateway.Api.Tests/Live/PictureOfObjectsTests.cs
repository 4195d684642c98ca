using Gateway.Api.Live.Pictures;
using Gateway.Core.Scheduling;
using Gateway.Core.Status;
using k8s.Models;
using Xunit;

namespace Gateway.Api.Tests.Live;

/// <summary>A picture by itself, told of objects in an order that is rare.</summary>
public sealed class PictureOfObjectsTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch;

    // The event of the deletion timestamp comes late, after other objects were listed again.
    [Fact]
    public void Workload_ThatIsGone_StaysGone_WhenAnotherKindIsListedAgain()
    {
        var picture = new Picture(SchedulerDialect.RunAi);
        picture.Replace<V1Job>([], 1, At);
        picture.Put(Job(10), At);
        picture.SawGo("uid");

        picture.Replace<ObservedPod>([], 12, At);
        picture.Put(Job(11), At);

        Assert.Null(picture.Find("uid"));
    }

    // What anybody who may create Jobs can write must not keep the others from being shown.
    [Theory]
    [InlineData("99999999999999999999")]
    [InlineData("9223372036854775807")]
    [InlineData("1e30")]
    public void Workload_ThatAsksForTooMuch_IsShown(string gpus)
    {
        var job = Job(5);
        job.Spec.Template.Spec.Containers[0].Resources = new() { Limits = new Dictionary<string, ResourceQuantity> { [GpuKeys.Count] = new(gpus) } };
        var picture = new Picture(SchedulerDialect.RunAi);

        picture.Put(job, At);

        Assert.Equal("job", Assert.Single(picture.Workloads).Name);
    }

    [Fact]
    public void Reason_OfAContainerKilledAtItsOwnMemoryLimit_NamesTheLimit()
    {
        var picture = new Picture(SchedulerDialect.RunAi);
        picture.Put(Job(5), At);

        picture.Put(ObservedPod.Of(KilledPod()), At);

        Assert.Equal("The container main used more memory than its limit of 1Gi and was killed.", Assert.Single(picture.Workloads).Observe().Reason()?.Message);
    }

    private static V1Pod KilledPod() => new()
    {
        Metadata = new() { Name = "job-bcdfg", Uid = "pod", ResourceVersion = "6", OwnerReferences = [new() { Kind = "Job", Name = "job", Uid = "uid", Controller = true }] },
        Spec = new()
        {
            SchedulerName = SchedulerDialect.RunAi.SchedulerName,
            NodeName = "node-1",
            Containers = [new() { Name = "main", Resources = new() { Limits = new Dictionary<string, ResourceQuantity> { ["memory"] = new("1Gi") } } }],
        },
        Status = new()
        {
            Phase = "Failed",
            ContainerStatuses = [new() { Name = "main", State = new() { Terminated = new() { ExitCode = 137, Reason = "OOMKilled" } } }],
        },
    };

    private static V1Job Job(long version) => new()
    {
        ApiVersion = "batch/v1",
        Kind = V1Job.KubeKind,
        Metadata = new() { Name = "job", NamespaceProperty = "runai-team-a", Uid = "uid", ResourceVersion = $"{version}" },
        Spec = new() { Template = new() { Spec = new() { SchedulerName = SchedulerDialect.RunAi.SchedulerName, Containers = [new() { Name = "main", Image = "image" }] } } },
        Status = new(),
    };
}
