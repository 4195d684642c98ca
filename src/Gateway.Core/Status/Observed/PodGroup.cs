using k8s;
using k8s.Models;

namespace Gateway.Core.Status;

/// <summary>The scheduler's PodGroup (`scheduling.run.ai/v2alpha2`): only the part that says why its pods wait.</summary>
public sealed record PodGroup : IKubernetesObject<V1ObjectMeta>
{
    private const string Prefix = "pg-";
    private const int UidLength = 36;

    /// <summary>Its kind.</summary>
    public const string KubeKind = "PodGroup";

    /// <summary>The annotation of a pod that names its group.</summary>
    public const string NameKey = "pod-group-name";

    /// <summary>The group of the API that it belongs to.</summary>
    public const string Group = "scheduling.run.ai";

    /// <summary>The version of that group.</summary>
    public const string Version = "v2alpha2";

    /// <summary>Its name in paths.</summary>
    public const string Plural = "podgroups";

    /// <summary>The version of the API that it belongs to.</summary>
    public string ApiVersion { get; set; } = $"{Group}/{Version}";

    /// <summary>`PodGroup`.</summary>
    public string Kind { get; set; } = KubeKind;

    /// <summary>Its name, owner and versions.</summary>
    public V1ObjectMeta Metadata { get; set => field = value.ToObserved(); } = new();

    /// <summary>What the scheduler last wrote.</summary>
    public PodGroupStatus? Status { get; init; }

    /// <summary>
    /// Of what a group of that name is: of `pg-notebook-1f0c…` the build notebook, of `pg-mnist-x2x4l-77aa…` the pod mnist-x2x4l.
    /// https://github.com/kai-scheduler/KAI-Scheduler/blob/main/pkg/podgrouper/podgrouper/plugins/defaultgrouper/default_grouper.go
    /// </summary>
    internal static string OfWhat(string name)
    {
        var end = name.Length - UidLength - 1;
        return name.StartsWith(Prefix, StringComparison.Ordinal) && end > Prefix.Length && Guid.TryParseExact(name[(end + 1)..], "D", out _)
            ? name[Prefix.Length..end]
            : name;
    }
}

/// <summary>What the scheduler last wrote about a pod group.</summary>
public sealed record PodGroupStatus
{
    /// <summary>One condition for each node pool on which scheduling was tried.</summary>
    public IReadOnlyList<SchedulingCondition> SchedulingConditions { get; init => field = value ?? []; } = [];
}

/// <summary>The outcome of trying to schedule a pod group on one node pool.</summary>
public sealed record SchedulingCondition
{
    /// <summary>`UnschedulableOnNodePool`.</summary>
    public string? Type { get; init; }

    /// <summary>`True` where the type holds.</summary>
    public string? Status { get; init; }

    /// <summary>All the explanations in one text.</summary>
    public string? Message { get; init; }

    /// <summary>The explanations, the most telling first.</summary>
    public IReadOnlyList<UnschedulableExplanation> Reasons { get; init => field = value ?? []; } = [];

    /// <summary>When the condition last changed.</summary>
    public DateTime? LastTransitionTime { get; init; }
}

/// <summary>One reason why a pod group cannot be scheduled.</summary>
public sealed record UnschedulableExplanation
{
    /// <summary>The scheduler's word for it, such as `OverLimit`.</summary>
    public string? Reason { get; init; }

    /// <summary>The same in a sentence, with figures.</summary>
    public string? Message { get; init; }
}
