using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Core.Status;
using k8s;
using k8s.Models;
using YamlDotNet.Serialization;

namespace Gateway.Core.Tests.Status;

/// <summary>What the cluster showed of one workload, step after step, and what is to be said of it at each.</summary>
internal static class Story
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
    private static readonly ISerializer Json = new SerializerBuilder().JsonCompatible().Build();

    /// <summary>The steps of a story; a step shows what is new, and an object without a spec keeps the one it had.</summary>
    public static IEnumerable<(ObservedWorkload Observed, JsonObject Then)> Read(string yaml)
    {
        ObservedWorkload? observed = null;
        foreach (var step in JsonNode.Parse(Json.Serialize(Yaml.Deserialize<object>(yaml)))!.AsArray())
        {
            observed = After(observed, step!.AsObject());
            yield return (observed, step["then"]!.AsObject());
        }
    }

    private static ObservedWorkload After(ObservedWorkload? before, JsonObject step)
    {
        var unknown = step.Select(entry => entry.Key).Except(["job", "statefulSet", "pods", "gone", "events", "podGroup", "then"]);
        if (unknown.FirstOrDefault() is { } key)
            throw new JsonException($"A step knows no {key}.");
        return new()
        {
            Owner = Owner(before?.Owner, step),
            Pods = [.. Pods(before?.Pods ?? [], step)],
            Events = [.. before?.Events ?? [], .. All<ObservedEvent>(step["events"])],
            PodGroups = [.. Groups(before?.PodGroups ?? [], One<PodGroup>(step["podGroup"]))],
        };
    }

    private static IKubernetesObject<V1ObjectMeta> Owner(IKubernetesObject<V1ObjectMeta>? before, JsonObject step) =>
        One<V1Job>(step["job"]) is { } job ? job with { Spec = job.Spec ?? (before as V1Job)?.Spec }
        : One<V1StatefulSet>(step["statefulSet"]) is { } set ? set with { Spec = set.Spec ?? (before as V1StatefulSet)?.Spec }
        : before ?? throw new JsonException("The first step shows the owner.");

    private static IEnumerable<ObservedPod> Pods(IReadOnlyList<ObservedPod> before, JsonObject step)
    {
        var seen = (step["pods"]?.AsArray() ?? []).ToDictionary(node => (string)node!["metadata"]!["name"]!, node => node!);
        var gone = All<string>(step["gone"]).ToHashSet();
        var kept = before.Where(pod => !gone.Contains(pod.Metadata.Name)).ToDictionary(pod => pod.Metadata.Name);
        return kept.Values.Where(pod => !seen.ContainsKey(pod.Metadata.Name)).Concat(seen.Select(entry => Pod(entry.Value, kept.GetValueOrDefault(entry.Key))));
    }

    private static ObservedPod Pod(JsonNode node, ObservedPod? before)
    {
        var pod = One<ObservedPod>(node)!;
        return node["spec"] is null && before is not null ? pod with { Spec = before.Spec } : pod;
    }

    private static IEnumerable<PodGroup> Groups(IReadOnlyList<PodGroup> before, PodGroup? seen) =>
        seen is null ? before : [.. before.Where(group => group.Metadata.Name != seen.Metadata.Name), seen];

    private static T? One<T>(JsonNode? node) where T : class => node is null ? null : KubernetesJson.Deserialize<T>(node.ToJsonString());

    private static IEnumerable<T> All<T>(JsonNode? nodes) where T : class => nodes?.AsArray().Select(node => One<T>(node)!) ?? [];
}
