namespace Gateway.Embedded.Scheduler;

/// <summary>Says why a pod fits nowhere, in the words of the Kubernetes scheduler.</summary>
internal static class Unschedulable
{
    /// <summary>A claim that is not ready comes before everything else.</summary>
    public static string Explain(IReadOnlyList<NodeRoom> nodes, PodDemand demand, string? claim)
    {
        if (nodes.Count == 0) return "no nodes available to schedule pods";
        return claim is null ? Explain(nodes, demand) : Say(nodes, claim, $"{nodes.Count} Preemption is not helpful for scheduling");
    }

    private static string Explain(IReadOnlyList<NodeRoom> nodes, PodDemand demand)
    {
        var lost = nodes.Count(node => node.Lost);
        var others = nodes.Count(node => !node.Lost && !demand.Selects(node.Labels));
        var full = nodes.Count - others - lost;
        var reasons = new List<string>();
        if (full > 0) reasons.Add($"{full} Insufficient {NodeObject.Gpu}");
        if (lost > 0) reasons.Add($"{lost} node(s) had untolerated taint(s)");
        if (others > 0) reasons.Add($"{others} node(s) didn't match Pod's node affinity/selector");
        return Say(nodes, string.Join(", ", reasons), Preemption(nodes, demand));
    }

    private static string Say(IReadOnlyList<NodeRoom> nodes, string reasons, string preemption)
    {
        var head = $"0/{nodes.Count} nodes are available";
        return $"{head}: {reasons}. no new claims to deallocate, preemption: {head}: {preemption}.";
    }

    private static string Preemption(IReadOnlyList<NodeRoom> nodes, PodDemand demand)
    {
        var held = nodes.Count(node => !node.Lost && demand.Selects(node.Labels) && node.CouldHold(demand));
        var never = nodes.Count - held;
        var reasons = new List<string>();
        if (held > 0) reasons.Add($"{held} No preemption victims found for incoming pod");
        if (never > 0) reasons.Add($"{never} Preemption is not helpful for scheduling");
        return string.Join(", ", reasons);
    }
}
