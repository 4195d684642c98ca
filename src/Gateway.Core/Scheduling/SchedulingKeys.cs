namespace Gateway.Core.Scheduling;

/// <summary>The keys and values of scheduling that every dialect shares.</summary>
public static class SchedulingKeys
{
    /// <summary>The value of the dialect's preemptibility label of what may be stopped.</summary>
    public const string Preemptible = "preemptible";

    /// <summary>The value of the dialect's preemptibility label of what may not be stopped.</summary>
    public const string NonPreemptible = "non-preemptible";

    /// <summary>The node label with the node's type.</summary>
    public const string NodeType = "run.ai/type";

    /// <summary>The annotation with the topology's name. The scheduler reads all three on the object, not on its pods.</summary>
    public const string Topology = "kai.scheduler/topology";

    /// <summary>The annotation with the topology's level that must hold.</summary>
    public const string TopologyRequired = "kai.scheduler/topology-required-placement";

    /// <summary>The annotation with the topology's level that should hold.</summary>
    public const string TopologyPreferred = "kai.scheduler/topology-preferred-placement";

    /// <summary>The annotation of a Job with the number of pods that start together or not at all.</summary>
    public const string MinMembers = "kai.scheduler/batch-min-member";
}
