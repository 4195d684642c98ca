using System.Globalization;
using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Manifests;

/// <summary>
/// What keeps a train from failing because the scheduler stopped it in favour of others: docs/decisions/0008-preemption.md. A pod that
/// says itself that it is taken from its node is not counted as a failure. Most that are preempted do not say so, and Kubernetes counts
/// them, so the Job's back-off limit has room for some.
/// </summary>
internal static class PreemptionRoom
{
    private const int DefaultBackoffLimit = 6;

    // Killed, and asked to stop: how a pod ends that is deleted. With any other code the train failed by itself.
    private static readonly int?[] CodesOfStoppedPods = [137, 143];

    /// <summary>The submission with room for preemptions in its limits; as it is where the scheduler may not stop it.</summary>
    internal static WorkloadSubmission WithRoom(this WorkloadSubmission asked, Placement placement) => asked.Room(placement) == 0 ? asked : asked with
    {
        BackoffLimit = asked is { BackoffLimit: null, BackoffLimitPerIndex: not null } ? null : Widened(asked.BackoffLimit ?? DefaultBackoffLimit, asked.Room(placement)),
        BackoffLimitPerIndex = asked.BackoffLimitPerIndex is { } limit ? Widened(limit, asked.Room(placement)) : null,
    };

    /// <summary>The annotation with the limit that was asked for, where the Job has another.</summary>
    internal static IEnumerable<(string Key, string? Value)> ToBackoffMark(this WorkloadSubmission asked, Placement placement) =>
        asked.BackoffLimitPerIndex is null && asked.Room(placement) > 0
            ? [(OwnKeys.BackoffLimit, (asked.BackoffLimit ?? DefaultBackoffLimit).ToString(CultureInfo.InvariantCulture))]
            : [];

    /// <summary>What the Job makes of pods that failed; null for Kubernetes' own way. Kubernetes has it only with the restart policy `Never`.</summary>
    internal static V1PodFailurePolicy? ToPodFailurePolicy(this WorkloadSubmission asked, Placement placement) =>
        asked.MayBeStopped(placement) && asked.RestartPolicy is null or "Never"
            ? new() { Rules = [IgnoringDisruptions(), .. asked.Room(placement) > 0 ? asked.EndingAtOnce() : []] }
            : null;

    private static V1PodFailurePolicyRule IgnoringDisruptions() => new()
    {
        Action = "Ignore",
        OnPodConditions = [new() { Type = "DisruptionTarget", Status = "True" }],
    };

    // Where no failure is allowed, those that are the train's own need no room.
    private static IEnumerable<V1PodFailurePolicyRule> EndingAtOnce(this WorkloadSubmission asked) =>
        asked.BackoffLimitPerIndex == 0 ? [Ending("FailIndex")] : asked.BackoffLimit == 0 ? [Ending("FailJob")] : [];

    private static V1PodFailurePolicyRule Ending(string action) => new()
    {
        Action = action,
        OnExitCodes = new() { OperatorProperty = "NotIn", Values = CodesOfStoppedPods },
    };

    private static int Widened(int limit, int room) => (int)Math.Min((long)limit + room, int.MaxValue);

    private static int Room(this WorkloadSubmission asked, Placement placement) => asked.MayBeStopped(placement) ? placement.Dialect.PreemptionRoom : 0;

    private static bool MayBeStopped(this WorkloadSubmission asked, Placement placement) =>
        asked.Type == WorkloadType.Train && placement.Dialect.MayStop(asked.Scheduling);
}
