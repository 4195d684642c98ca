using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Scheduling;

/// <summary>How an object is scheduled, whoever wrote it, in the words of a submission.</summary>
public static class SchedulingView
{
    /// <summary>What holds; null when everything is the scheduler's choice. The label is the one that tells the workload's own pods.</summary>
    public static SchedulingRequest? ToSchedulingRequest(this V1PodTemplateSpec template, V1ObjectMeta owner, string ownPodsLabel, SchedulerDialect dialect)
    {
        var selector = template.Spec.NodeSelector ?? new Dictionary<string, string>();
        var shown = new SchedulingRequest
        {
            PriorityClass = Label(dialect.PriorityClassLabel, owner, template.Metadata) ?? template.Spec.PriorityClassName,
            Preemptible = Label(dialect.PreemptibilityLabel, owner, template.Metadata) switch { SchedulingKeys.Preemptible => true, SchedulingKeys.NonPreemptible => false, _ => null },
            NodePool = Label(dialect.NodePoolLabel, template.Metadata, owner),
            NodeType = Entry(selector, SchedulingKeys.NodeType),
            NodeSelector = selector.Where(label => label.Key != SchedulingKeys.NodeType).ToDictionary(),
            NodeAffinity = template.Spec.Affinity?.NodeAffinity?.ToNodeAffinity(),
            PodAffinity = template.Spec.Affinity?.PodAffinity?.ToPodAffinity(ownPodsLabel, owner.Name),
            Tolerations = [.. (template.Spec.Tolerations ?? []).Select(ToToleration)],
            Topology = Topology(owner.Annotations),
        };
        return shown.IsEmpty() ? null : shown;
    }

    private static bool IsEmpty(this SchedulingRequest shown) =>
        (shown.PriorityClass ?? shown.NodePool ?? shown.NodeType) is null && shown.Preemptible is null && shown.NodeSelector.Count + shown.Tolerations.Count == 0
        && shown.NodeAffinity is null && shown.PodAffinity is null && shown.Topology is null;

    // The scheduler looks on the one, then on the other.
    private static string? Label(string key, V1ObjectMeta? first, V1ObjectMeta? second) => Entry(first?.Labels, key) ?? Entry(second?.Labels, key);

    private static string? Entry(IDictionary<string, string>? entries, string key) => entries?.TryGetValue(key, out var value) == true ? value : null;

    private static TopologyRequest? Topology(IDictionary<string, string>? annotations) => Entry(annotations, SchedulingKeys.Topology) is not { } name ? null : new()
    {
        Name = name,
        Required = Entry(annotations, SchedulingKeys.TopologyRequired),
        Preferred = Entry(annotations, SchedulingKeys.TopologyPreferred),
    };

    private static Toleration ToToleration(V1Toleration toleration) => new()
    {
        Key = toleration.Key,
        Operator = toleration.OperatorProperty,
        Value = toleration.Value,
        Effect = toleration.Effect,
        TolerationSeconds = toleration.TolerationSeconds,
    };
}
