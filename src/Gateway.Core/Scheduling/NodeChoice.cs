using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Scheduling;

/// <summary>Where the pods may run, in the pod spec's words.</summary>
public static class NodeChoice
{
    // A single preference has nothing to be weighed against but what the scheduler itself prefers.
    private const int WeightOfPodAffinity = 100;

    /// <summary>The pod's node selector; null when any node will do.</summary>
    public static IDictionary<string, string>? ToNodeSelector(this SchedulingRequest? wish)
    {
        KeyValuePair<string, string>[] labels = [.. wish?.NodeSelector ?? new Dictionary<string, string>(), .. wish?.NodeType is { } type ? [new(SchedulingKeys.NodeType, type)] : Array.Empty<KeyValuePair<string, string>>()];
        return labels.Length == 0 ? null : new Dictionary<string, string>(labels);
    }

    /// <summary>The pod's tolerations; null when there are none.</summary>
    public static IList<V1Toleration>? ToTolerations(this SchedulingRequest? wish) => wish is not { Tolerations.Count: > 0 } ? null :
    [
        .. from toleration in wish.Tolerations
           select new V1Toleration
           {
               Key = toleration.Key,
               OperatorProperty = toleration.Operator,
               Value = toleration.Value,
               Effect = toleration.Effect,
               TolerationSeconds = toleration.TolerationSeconds,
           },
    ];

    /// <summary>The pod's affinity; null when none is asked for. The label is one that all pods of the workload carry, and no others.</summary>
    public static V1Affinity? ToAffinity(this SchedulingRequest? wish, string label, string value) =>
        wish is not { NodeAffinity: not null } and not { PodAffinity: not null } ? null : new()
        {
            NodeAffinity = wish.NodeAffinity?.ToNodeAffinity(),
            PodAffinity = wish.PodAffinity?.ToPodAffinity(new() { MatchLabels = new Dictionary<string, string> { [label] = value } }),
        };

    private static V1NodeAffinity ToNodeAffinity(this NodeAffinity affinity) => new()
    {
        RequiredDuringSchedulingIgnoredDuringExecution = affinity.Required.Count == 0 ? null : new() { NodeSelectorTerms = [.. affinity.Required.Select(ToTerm)] },
        PreferredDuringSchedulingIgnoredDuringExecution = affinity.Preferred.Count == 0 ? null :
            [.. affinity.Preferred.Select(nodes => new V1PreferredSchedulingTerm { Weight = nodes.Weight!.Value, Preference = ToTerm(nodes.Preference!) })],
    };

    private static V1NodeSelectorTerm ToTerm(NodeSelectorTerm term) => new() { MatchExpressions = [.. term.MatchExpressions.Select(ToRequirement)] };

    private static V1NodeSelectorRequirement ToRequirement(NodeSelectorRequirement requirement) => new()
    {
        Key = requirement.Key,
        OperatorProperty = requirement.Operator,
        Values = requirement.Values.Count == 0 ? null : [.. requirement.Values],
    };

    private static V1PodAffinity ToPodAffinity(this PodAffinity affinity, V1LabelSelector ownPods) => new()
    {
        RequiredDuringSchedulingIgnoredDuringExecution = affinity.Required is null ? null :
            [new() { TopologyKey = affinity.Required, LabelSelector = ownPods }],
        PreferredDuringSchedulingIgnoredDuringExecution = affinity.Preferred is null ? null :
            [new() { Weight = WeightOfPodAffinity, PodAffinityTerm = new() { TopologyKey = affinity.Preferred, LabelSelector = ownPods } }],
    };
}
