using System.Text.Json.Nodes;
using Gateway.Core.Scheduling;
using Gateway.Core.Status;
using k8s;
using k8s.Models;

namespace Gateway.Core.Tests.Status;

/// <summary>
/// What a watch told of one workload on a real cluster, line by line: each is a merge patch (https://www.rfc-editor.org/rfc/rfc7396)
/// of the object as it was, or says that it is gone. Those that begin with `kai-` were recorded on the KAI scheduler.
/// </summary>
internal static class Recording
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Status", "Recorded");

    /// <summary>The names of all recordings.</summary>
    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.jsonl").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    /// <summary>All objects that there are, after each line.</summary>
    public static IEnumerable<RecordedStep> Read(string name)
    {
        var objects = new Dictionary<(string Kind, string Name), JsonObject>();
        foreach (var line in File.ReadLines(Path.Combine(Folder, $"{name}.jsonl")))
        {
            var told = JsonNode.Parse(line)!.AsObject();
            var key = ((string)told["kind"]!, (string)told["name"]!);
            if (told["change"] is JsonObject change)
                objects[key] = Merged(objects.GetValueOrDefault(key), change);
            else
                objects.Remove(key);
            yield return new((double)told["at"]!, [.. objects.Select(entry => (entry.Key.Kind, (JsonObject)entry.Value.DeepClone()))]);
        }
    }

    /// <summary>What is to be told of a recording, line by line.</summary>
    public static string[] Told(string name) => File.ReadAllLines(Path.Combine(Folder, $"{name}.txt"));

    private static JsonObject Merged(JsonObject? before, JsonObject change)
    {
        var merged = before?.DeepClone().AsObject() ?? [];
        foreach (var (name, value) in change)
        {
            if (value is null)
                merged.Remove(name);
            else
                merged[name] = value is JsonObject members ? Merged(merged[name] as JsonObject, members) : value.DeepClone();
        }
        return merged;
    }
}

/// <summary>The objects of a recording at one moment, as the cluster sent them.</summary>
/// <param name="At">Seconds since the recording began.</param>
/// <param name="Objects">The objects, each with its kind.</param>
internal sealed record RecordedStep(double At, IReadOnlyList<(string Kind, JsonObject Content)> Objects)
{
    private static readonly string[] Owners = [V1Job.KubeKind, V1StatefulSet.KubeKind];

    /// <summary>Each workload that there is, with what belongs to it.</summary>
    public IEnumerable<ObservedWorkload> Workloads() => Objects.Where(one => Owners.Contains(one.Kind)).Select(one => Workload(Owner(one.Kind, one.Content)));

    /// <summary>All events that there are.</summary>
    public IEnumerable<ObservedEvent> Events() => All<ObservedEvent>(Corev1Event.KubeKind);

    private ObservedWorkload Workload(IKubernetesObject<V1ObjectMeta> owner)
    {
        var bare = new ObservedWorkload
        {
            Owner = owner,
            Dialect = SchedulerDialect.Kai,
            Pods = [.. All<ObservedPod>(V1Pod.KubeKind).Where(pod => pod.GetController()?.Uid == owner.Metadata.Uid)],
            PodGroups = [.. All<PodGroup>(PodGroup.KubeKind)],
        };
        return bare with { Events = [.. Events().Where(happened => happened.Concerns(bare))] };
    }

    private IEnumerable<T> All<T>(string kind) => Objects.Where(one => one.Kind == kind).Select(one => Parse<T>(one.Content));

    private static IKubernetesObject<V1ObjectMeta> Owner(string kind, JsonObject content) =>
        kind == V1Job.KubeKind ? Parse<V1Job>(content) : Parse<V1StatefulSet>(content);

    private static T Parse<T>(JsonObject content) => KubernetesJson.Deserialize<T>(content.ToJsonString());
}
