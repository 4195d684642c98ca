using System.Globalization;
using Gateway.Core.Status;
using Gateway.Core.Usage;
using k8s;
using k8s.Models;
using Xunit;

namespace Gateway.Core.Tests.Usage;

/// <summary>The GPUs of a workload, by what its pods ask for and where they are.</summary>
public sealed class GpuUsageTests
{
    private const string Placed = "Running node-1";

    [Theory]
    [InlineData("", "nvidia.com/gpu=2", "2")]
    [InlineData("", "nvidia.com/gpu=0", "0")]
    [InlineData("", "", "0")]
    [InlineData("", "cpu=4", "0")]
    [InlineData("gpu-fraction=0.5", "", "0.5")]
    [InlineData("gpu-fraction=0.50", "", "0.5")]
    [InlineData("gpu-fraction=0.25;gpu-fraction-num-devices=3", "", "0.75")]
    // What the scheduler refuses it never places.
    [InlineData("gpu-fraction=1.5", "", "0")]
    [InlineData("gpu-fraction=-0.5", "", "0")]
    [InlineData("gpu-fraction=1e28;gpu-fraction-num-devices=2147483647", "", "0")]
    [InlineData("gpu-fraction=half", "", "0")]
    public void Pod_AsksForWholeGpusOrFractions(string annotations, string limits, string gpus)
    {
        var template = Template(annotations, limits);

        var answer = GpuUsage.Of(new() { Owner = Set(template, 3), Pods = [Pod(template, Placed), Pod(template, "Pending")] }).ToAnswer("a", "n", quota: null).Gpus;

        var each = decimal.Parse(gpus, CultureInfo.InvariantCulture);
        Assert.Equal((3 * each, each, null), (answer.Requested, answer.Allocated, answer.UncountedPods));
        Assert.DoesNotMatch("\\.\\d*0$", answer.Requested.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("gpu-memory=8192", "")]
    [InlineData("gpu-memory=8192;gpu-fraction-num-devices=2", "")]
    [InlineData("", "nvidia.com/mig-1g.5gb=1")]
    public void Pod_ThatAsksByMemoryOrProfile_IsNotCounted(string annotations, string limits)
    {
        var template = Template(annotations, limits);

        Assert.Equal(new GpuUsage(0, 0, 3), GpuUsage.Of(new() { Owner = Set(template, 3), Pods = [Pod(template, Placed)] }));
        // Those that are leaving are still there.
        Assert.Equal(new GpuUsage(0, 0, 2), GpuUsage.Of(new() { Owner = Set(template, 0), Pods = [Pod(template, Placed), Pod(template, Placed)] }));
        Assert.Equal(default, GpuUsage.Of(new() { Owner = Set(template, 0) }));
    }

    [Theory]
    [InlineData("Running node-1", 1)]
    [InlineData("Pending node-1", 1)]
    [InlineData("Unknown node-1", 1)]
    [InlineData("Pending", 0)]
    [InlineData("Succeeded node-1", 0)]
    [InlineData("Failed node-1", 0)]
    public void Pod_HoldsItsGpus_FromItsPlaceToItsEnd(string pod, int allocated)
    {
        var template = Template("", "nvidia.com/gpu=1");

        Assert.Equal(new GpuUsage(1, allocated, 0), GpuUsage.Of(new() { Owner = Set(template, 1), Pods = [Pod(template, pod)] }));
    }

    // A template may be changed while pods of the one before it still run.
    [Fact]
    public void Pod_HoldsWhatItAskedForItself() => Assert.Equal(
        new GpuUsage(4, 1, 0),
        GpuUsage.Of(new() { Owner = Set(Template("", "nvidia.com/gpu=4"), 1), Pods = [Pod(Template("", "nvidia.com/gpu=1"), Placed)] }));

    [Theory]
    [InlineData("{}", "{}", 1)]
    [InlineData("""{"parallelism": 3}""", "{}", 3)]
    [InlineData("""{"parallelism": 3}""", """{"succeeded": 1, "active": 2}""", 2)]
    [InlineData("""{"parallelism": 3, "completions": 10}""", "{}", 3)]
    [InlineData("""{"parallelism": 3, "completions": 10}""", """{"succeeded": 8}""", 2)]
    [InlineData("""{"parallelism": 3, "completions": 10}""", """{"succeeded": 11}""", 0)]
    [InlineData("""{"parallelism": 3, "suspend": true}""", "{}", 0)]
    [InlineData("""{"parallelism": 3}""", """{"conditions": [{"type": "Complete", "status": "True"}]}""", 0)]
    [InlineData("""{"parallelism": 3}""", """{"conditions": [{"type": "Failed", "status": "True"}]}""", 0)]
    public void Train_AsksForThePodsThatItIsToHaveNow(string spec, string status, int pods)
    {
        var job = new V1Job { Metadata = new(), Spec = KubernetesJson.Deserialize<V1JobSpec>(spec), Status = KubernetesJson.Deserialize<V1JobStatus>(status) };
        job.Spec.Template = Template("", "nvidia.com/gpu=2");

        Assert.Equal(new GpuUsage(2 * pods, 0, 0), GpuUsage.Of(new() { Owner = job }));
    }

    [Fact]
    public void Workload_ThatIsDeleted_AsksForNothingAndHoldsWhatItHas()
    {
        var template = Template("", "nvidia.com/gpu=1");
        var set = Set(template, 2);
        set.Metadata.DeletionTimestamp = DateTime.UnixEpoch;

        Assert.Equal(new GpuUsage(0, 1, 0), GpuUsage.Of(new() { Owner = set, Pods = [Pod(template, Placed)] }));
    }

    [Theory]
    [InlineData("""{"spec": {"resources": {"gpu": {"quota": 4.5}}}}""", "4.5")]
    [InlineData("""{"spec": {"resources": {"gpu": {"quota": 0}}}}""", "0")]
    [InlineData("""{"spec": {"resources": {"gpu": {"quota": -1}}}}""", null)]
    [InlineData("""{"spec": {"resources": {"gpu": {"quota": 1e300}}}}""", null)]
    [InlineData("""{"spec": {"resources": {"gpu": {}}}}""", null)]
    [InlineData("""{"spec": {"resources": {"cpu": {"quota": 1}}}}""", null)]
    [InlineData("""{"spec": {}}""", null)]
    [InlineData("{}", null)]
    public void Quota_IsWhatTheQueueGuarantees(string queue, string? quota) =>
        Assert.Equal(quota, KubernetesJson.Deserialize<QueueQuota>(queue).Gpus?.ToString(CultureInfo.InvariantCulture));

    private static V1StatefulSet Set(V1PodTemplateSpec template, int replicas) => new() { Metadata = new(), Spec = new() { Replicas = replicas, Template = template } };

    private static ObservedPod Pod(V1PodTemplateSpec template, string state) => ObservedPod.Of(new()
    {
        Metadata = new() { Annotations = template.Metadata.Annotations },
        Spec = new() { Containers = template.Spec.Containers, NodeName = state.Split(' ').ElementAtOrDefault(1) },
        Status = new() { Phase = state.Split(' ')[0] },
    });

    private static V1PodTemplateSpec Template(string annotations, string limits) => new()
    {
        Metadata = new() { Annotations = Entries(annotations).ToDictionary() },
        Spec = new() { Containers = [new() { Name = "a", Resources = new() { Limits = Entries(limits).ToDictionary(limit => limit.Key, limit => new ResourceQuantity(limit.Value)) } }] },
    };

    private static IEnumerable<KeyValuePair<string, string>> Entries(string text) =>
        text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(entry => KeyValuePair.Create(entry.Split('=')[0], entry.Split('=')[1]));
}
