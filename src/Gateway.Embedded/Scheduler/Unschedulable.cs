namespace Gateway.Embedded.Scheduler;

/// <summary>Says why a pod fits nowhere, in the words of the Kubernetes scheduler.</summary>
internal static class Unschedulable
{
    public static string Explain(IReadOnlyList<NodeRoom> nodes, PodDemand demand)
    {
        if (nodes.Count == 0) return "no nodes available to schedule pods";
        var others = nodes.Count(node => !demand.Selects(node.Labels));
        var full = nodes.Count - others;
        var reasons = new List<string>();
        if (full > 0) reasons.Add($"{full} Insufficient {NodeObject.Gpu}");
        if (others > 0) reasons.Add($"{others} node(s) didn't match Pod's node affinity/selector");
        var head = $"0/{nodes.Count} nodes are available";
        return $"{head}: {string.Join(", ", reasons)}. no new claims to deallocate, preemption: {head}: {Preemption(nodes, demand)}.";
    }

    private static string Preemption(IReadOnlyList<NodeRoom> nodes, PodDemand demand)
    {
        var held = nodes.Count(node => demand.Selects(node.Labels) && node.CouldHold(demand));
        var never = nodes.Count - held;
        var reasons = new List<string>();
        if (held > 0) reasons.Add($"{held} No preemption victims found for incoming pod");
        if (never > 0) reasons.Add($"{never} Preemption is not helpful for scheduling");
        return string.Join(", ", reasons);
    }
}
