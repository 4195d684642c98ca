using Gateway.Core.Scheduling;
using Gateway.Core.Workloads;

namespace Gateway.Api.Scheduling;

/// <summary>Which scheduler it is, and where its words differ from those it came with.</summary>
internal sealed class SchedulerOptions
{
    public const string Section = "Scheduler";

    /// <summary>Whose words are spoken.</summary>
    public Dialect Dialect { get; set; }

    /// <summary>The pod's `schedulerName`; the dialect's when left out, as everything below.</summary>
    public string? Name { get; set; }

    /// <summary>The label with the project's name as the queue, on object and pod. Empty writes none.</summary>
    public string? QueueLabel { get; set; }

    /// <summary>The label that names the priority class.</summary>
    public string? PriorityClassLabel { get; set; }

    /// <summary>The label that says whether the scheduler may stop a workload.</summary>
    public string? PreemptibilityLabel { get; set; }

    /// <summary>The label that names the node pool.</summary>
    public string? NodePoolLabel { get; set; }

    /// <summary>The priority classes that the cluster has.</summary>
    public IReadOnlyList<string>? PriorityClasses { get; set; }

    /// <summary>How many times a preemptible train may be preempted, beside its `backoffLimit`, before it fails: Kubernetes counts a preempted pod as a failed one. With KAI's `--update-pod-eviction-condition=true` preempted pods are not counted, and 0 makes `backoffLimit` exact.</summary>
    public int? PreemptionRoom { get; set; }

    /// <summary>By type, what holds where a submission says nothing.</summary>
    public Dictionary<string, SchedulerDefaults> Defaults { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The dialect with what was set.</summary>
    public SchedulerDialect ToDialect()
    {
        var own = Dialect == Dialect.Kai ? SchedulerDialect.Kai : SchedulerDialect.RunAi;
        return own with
        {
            SchedulerName = Name ?? own.SchedulerName,
            QueueLabel = QueueLabel is "" ? null : QueueLabel ?? own.QueueLabel,
            PriorityClassLabel = PriorityClassLabel ?? own.PriorityClassLabel,
            PreemptibilityLabel = PreemptibilityLabel ?? own.PreemptibilityLabel,
            NodePoolLabel = NodePoolLabel ?? own.NodePoolLabel,
            PriorityClasses = PriorityClasses ?? own.PriorityClasses,
            PreemptionRoom = PreemptionRoom ?? own.PreemptionRoom,
            Defaults = WorkloadType.All.ToDictionary(type => type, type => Default(own, type)),
        };
    }

    private SchedulingRequest Default(SchedulerDialect own, string type)
    {
        var (dialects, set) = (own.Defaults.GetValueOrDefault(type), Defaults.GetValueOrDefault(type));
        return new()
        {
            PriorityClass = set?.PriorityClass is "" ? null : set?.PriorityClass ?? dialects?.PriorityClass,
            Preemptible = set?.Preemptible ?? dialects?.Preemptible,
        };
    }
}

/// <summary>What holds for a type where a submission says nothing.</summary>
internal sealed class SchedulerDefaults
{
    /// <summary>The priority class. Empty leaves it to the scheduler.</summary>
    public string? PriorityClass { get; set; }

    /// <summary>Whether the scheduler may stop it.</summary>
    public bool? Preemptible { get; set; }
}

/// <summary>The schedulers whose words are known.</summary>
internal enum Dialect
{
    /// <summary>The labels and priority classes of NVIDIA Run:ai.</summary>
    RunAi,

    /// <summary>Those of KAI-Scheduler alone.</summary>
    Kai,
}
