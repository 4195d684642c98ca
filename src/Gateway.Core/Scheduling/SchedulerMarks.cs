using System.Globalization;
using Gateway.Core.Workloads;

namespace Gateway.Core.Scheduling;

/// <summary>What the scheduler reads as labels and annotations: some on the object, some on its pods, and on the wrong one nothing happens.</summary>
public static class SchedulerMarks
{
    /// <summary>The object's labels.</summary>
    public static IEnumerable<(string Key, string? Value)> ToOwnerLabels(this SchedulingRequest? wish, SchedulerDialect dialect, string queue) =>
    [
        .. Queue(dialect, queue),
        (dialect.PriorityClassLabel, wish?.PriorityClass),
        (dialect.PreemptibilityLabel, wish?.Preemptible switch { true => SchedulingKeys.Preemptible, false => SchedulingKeys.NonPreemptible, null => null }),
    ];

    /// <summary>The object's annotations.</summary>
    public static IEnumerable<(string Key, string? Value)> ToOwnerAnnotations(this WorkloadSubmission request) =>
    [
        (SchedulingKeys.Topology, request.Scheduling?.Topology?.Name),
        (SchedulingKeys.TopologyRequired, request.Scheduling?.Topology?.Required),
        (SchedulingKeys.TopologyPreferred, request.Scheduling?.Topology?.Preferred),
        (SchedulingKeys.MinMembers, request.MinMembers?.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>The pods' labels.</summary>
    public static IEnumerable<(string Key, string? Value)> ToPodLabels(this SchedulingRequest? wish, SchedulerDialect dialect, string queue) =>
        [.. Queue(dialect, queue), (dialect.NodePoolLabel, wish?.NodePool)];

    private static IEnumerable<(string Key, string? Value)> Queue(SchedulerDialect dialect, string queue) =>
        dialect.QueueLabel is { } label ? [(label, queue)] : [];
}
