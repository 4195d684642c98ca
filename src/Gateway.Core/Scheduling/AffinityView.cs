using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Scheduling;

/// <summary>A pod spec's affinity in the words of a submission, as far as a submission can say it.</summary>
internal static class AffinityView
{
    /// <summary>The nodes; null when nothing is asked of them, or only of their names.</summary>
    public static NodeAffinity? ToNodeAffinity(this V1NodeAffinity affinity)
    {
        var required = affinity.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms ?? [];
        var preferred = affinity.PreferredDuringSchedulingIgnoredDuringExecution ?? [];
        var shown = new NodeAffinity
        {
            // Terms are alternatives: to leave one out would tell of more than holds.
            Required = required.All(IsOfLabels) ? [.. required.Select(ToTerm)] : [],
            Preferred = [.. from nodes in preferred where IsOfLabels(nodes.Preference) select new PreferredNodes { Weight = nodes.Weight, Preference = ToTerm(nodes.Preference) }],
        };
        return shown.Required.Count + shown.Preferred.Count == 0 ? null : shown;
    }

    /// <summary>Nearness of the workload's own pods; null when none is asked for, or that to other pods.</summary>
    public static PodAffinity? ToPodAffinity(this V1PodAffinity affinity, string label, string name)
    {
        var required = affinity.RequiredDuringSchedulingIgnoredDuringExecution?.FirstOrDefault(term => IsOfOwnPods(term, label, name));
        var preferred = affinity.PreferredDuringSchedulingIgnoredDuringExecution?.Select(term => term.PodAffinityTerm).FirstOrDefault(term => IsOfOwnPods(term, label, name));
        return required is null && preferred is null ? null : new() { Required = required?.TopologyKey, Preferred = preferred?.TopologyKey };
    }

    private static bool IsOfLabels(V1NodeSelectorTerm term) => term is { MatchExpressions.Count: > 0, MatchFields: null or { Count: 0 } };

    private static bool IsOfOwnPods(V1PodAffinityTerm term, string label, string name) =>
        term.LabelSelector is { MatchLabels: { Count: 1 } labels, MatchExpressions: null or { Count: 0 } } && labels.TryGetValue(label, out var value) && value == name;

    private static NodeSelectorTerm ToTerm(V1NodeSelectorTerm term) => new()
    {
        MatchExpressions = [.. from expression in term.MatchExpressions select new NodeSelectorRequirement { Key = expression.Key, Operator = expression.OperatorProperty, Values = [.. expression.Values ?? []] }],
    };
}
