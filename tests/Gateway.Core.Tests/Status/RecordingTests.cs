using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Core.Status;
using Gateway.Core.Workloads;
using k8s;
using k8s.Models;
using Xunit;

namespace Gateway.Core.Tests.Status;

/// <summary>What is told of workloads that ran on real clusters, at each of their states.</summary>
public sealed class RecordingTests
{
    public static TheoryData<string> Recordings => [.. Recording.Names];

    // A watch keeps an object as JSON, and of a Job or StatefulSet all but what is larger than the rest.
    [Theory]
    [MemberData(nameof(Recordings))]
    public void Answer_FromWhatIsKept_IsTheAnswerFromWhatTheClusterSent(string recording)
    {
        foreach (var step in Recording.Read(recording))
        {
            foreach (var (_, content) in step.Objects)
                Burden(content["metadata"]!.AsObject());
            foreach (var observed in step.Workloads())
                Assert.Equal(Answer(observed), Answer(Kept(observed)));
        }
    }

    // Where a project is not watched, the Kubernetes client has read the objects into classes of its own.
    [Theory]
    [MemberData(nameof(Recordings))]
    public void Objects_ReadByTheKubernetesClient_AreThoseThatAWatchReads(string recording)
    {
        foreach (var (kind, content) in Recording.Read(recording).SelectMany(step => step.Objects))
        {
            if (kind == V1Pod.KubeKind)
                Assert.Equal(Text(Parse<ObservedPod>(content)), Text(ObservedPod.Of(Parse<V1Pod>(content))));
            if (kind == Corev1Event.KubeKind)
                Assert.Equal(Text(Parse<ObservedEvent>(content)), Text(ObservedEvent.Of(Parse<Corev1Event>(content))));
        }
    }

    // Beside each recording stands what is to be told of it: a line for each change, with the second at which it comes.
    [Theory]
    [MemberData(nameof(Recordings))]
    public void Answer_AtEachStateOfARecording_IsWhatStandsBesideIt(string recording)
    {
        List<string> told = [];
        var last = new Dictionary<string, string>();
        foreach (var step in Recording.Read(recording))
        {
            foreach (var (name, line) in step.Workloads().Select(observed => (observed.Owner.Metadata.Name, Line(observed.ToWorkload("team-a", "")))))
            {
                if (last.GetValueOrDefault(name) != line)
                    told.Add(string.Create(CultureInfo.InvariantCulture, $"{step.At} {name} {last[name] = line}"));
            }
        }

        Assert.Equal(Recording.Told(recording), told);
    }

    private static string Line(Workload shown)
    {
        var attempts = shown.Attempts is { } tried ? $", {tried.Failed} of {tried.Limit} failed, {tried.Preempted} preempted" : "";
        var end = shown.LastEnd is { } ended ? $", last end {ended.ExitCode}" : "";
        return $"{shown.Phase}{attempts}{end}{(shown.Reason is { } why ? $": {why.Code}, {why.Message}" : "")}";
    }

    private static ObservedWorkload Kept(ObservedWorkload observed) => observed with
    {
        Owner = observed.Owner is V1Job job ? Again((V1Job)job.ToObserved()) : Again((V1StatefulSet)observed.Owner.ToObserved()),
        Pods = [.. observed.Pods.Select(Again)],
        PodGroups = [.. observed.PodGroups.Select(Again)],
        Events = [.. observed.Events.Select(Again)],
    };

    private static T Again<T>(T kept) => KubernetesJson.Deserialize<T>(Text(kept));

    private static T Parse<T>(JsonObject content) => KubernetesJson.Deserialize<T>(content.ToJsonString());

    private static string Text<T>(T kept) => KubernetesJson.Serialize(kept!);

    private static string Answer(ObservedWorkload observed) => JsonSerializer.Serialize(observed.ToWorkload("team-a", ""), WorkloadJson.Options);

    // What every object of a real cluster carries, and the recordings do not.
    private static void Burden(JsonObject metadata)
    {
        metadata["managedFields"] = new JsonArray(new JsonObject { ["manager"] = "kubelet", ["operation"] = "Update" });
        var annotations = metadata["annotations"] as JsonObject;
        if (annotations is null)
            metadata["annotations"] = annotations = [];
        annotations["kubectl.kubernetes.io/last-applied-configuration"] = "{}";
    }
}
