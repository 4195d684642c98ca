using Gateway.Core.Workloads;

namespace Gateway.Core.Scheduling;

/// <summary>The words that one scheduler uses, where schedulers differ. Every other place takes them from here.</summary>
public sealed record SchedulerDialect
{
    /// <summary>Run:ai.</summary>
    public static SchedulerDialect RunAi { get; } = new()
    {
        SchedulerName = "runai-scheduler",
        ProjectLabel = "runai/queue",
        NodePoolLabel = "runai/node-pool",
        // The scale of 2.22 and later, then the names before it.
        PriorityClasses = ["very-low", "low", "medium-low", "medium", "medium-high", "high", "very-high", "train", "build", "interactive-preemptible", "inference"],
        PreemptibleClasses = ["very-low", "low", "medium-low", "medium", "medium-high", "train", "interactive-preemptible"],
    };

    /// <summary>The KAI scheduler. Without a queue's name on it, a workload goes to the scheduler's default queue.</summary>
    public static SchedulerDialect Kai { get; } = new()
    {
        SchedulerName = "kai-scheduler",
        ProjectLabel = "kai.scheduler/queue",
        QueueLabel = "kai.scheduler/queue",
        NodePoolLabel = "kai.scheduler/node-pool",
        PriorityClasses = ["train", "build-preemptible", "build", "inference"],
        PreemptibleClasses = ["train", "build-preemptible"],
        // Without a class the scheduler takes a StatefulSet for a train, and stops it for the sake of others.
        Defaults = new Dictionary<string, SchedulingRequest> { [WorkloadType.Train] = new() { PriorityClass = "train" }, [WorkloadType.Build] = new() { PriorityClass = "build" } },
    };

    /// <summary>The pod's `schedulerName`.</summary>
    public required string SchedulerName { get; init; }

    /// <summary>The namespace label whose value is the project's name.</summary>
    public required string ProjectLabel { get; init; }

    /// <summary>The label that names the queue, on object and pod; null where the namespace alone decides.</summary>
    public string? QueueLabel { get; init; }

    /// <summary>The label that names the priority class, on the object. As `priorityClassName` of the pod, an unknown one would keep pods from being made.</summary>
    public string PriorityClassLabel { get; init; } = "priorityClassName";

    /// <summary>The label that says whether the scheduler may stop it, on the object.</summary>
    public string PreemptibilityLabel { get; init; } = "kai.scheduler/preemptibility";

    /// <summary>The label that names the node pool, on the pod.</summary>
    public required string NodePoolLabel { get; init; }

    /// <summary>The labels that a submission sets by its other fields, whatever the operator has called them.</summary>
    public IReadOnlyList<string> Labels => [.. new[] { QueueLabel, PriorityClassLabel, PreemptibilityLabel, NodePoolLabel }.OfType<string>()];

    /// <summary>The priority classes that the scheduler comes with.</summary>
    public required IReadOnlyList<string> PriorityClasses { get; init; }

    /// <summary>Those of them of which the scheduler may stop a workload for the sake of others, where the workload does not say.</summary>
    public required IReadOnlyList<string> PreemptibleClasses { get; init; }

    /// <summary>How many times a train that may be stopped is stopped, beside its back-off limit, before it fails.</summary>
    public int PreemptionRoom { get; init; } = 10;

    /// <summary>By type, what holds where a submission says nothing.</summary>
    public IReadOnlyDictionary<string, SchedulingRequest> Defaults { get; init; } = new Dictionary<string, SchedulingRequest>();

    /// <summary>Whether the scheduler is known to stop it for the sake of others.</summary>
    public bool MayStop(SchedulingRequest? wish) => wish?.Preemptible ?? (wish?.PriorityClass is { } name && PreemptibleClasses.Contains(name));
}
