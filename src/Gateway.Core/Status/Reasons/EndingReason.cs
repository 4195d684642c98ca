using Gateway.Core.Workloads;
using k8s.Models;
using static Gateway.Core.Status.ContainerReason;
using static Gateway.Core.Status.ReasonFrom;

namespace Gateway.Core.Status;

/// <summary>Why a train ends.</summary>
internal static class EndingReason
{
    /// <summary>The reason that the first of these conditions gives, if one is true.</summary>
    internal static Reason? WhyItEnds(this ObservedWorkload observed, params ReadOnlySpan<string> conditions) =>
        observed.TrueCondition(conditions) is { } condition ? observed.WhyItEnds(condition) : null;

    private static Reason WhyItEnds(this ObservedWorkload observed, V1JobCondition condition)
    {
        Reason Told(string code, string message) => Of(observed.Owner, code, message, condition.LastTransitionTime);
        return condition.Reason switch
        {
            "CompletionsReached" => Told(ReasonCodes.CompletionsReached, "As many pods succeeded as were asked for."),
            "SuccessPolicy" => Told(ReasonCodes.SuccessPolicy, "Its rule for success is met."),
            "DeadlineExceeded" => Told(ReasonCodes.DeadlineExceeded, "It took longer than its deadline, waiting included."),
            "FailedIndexes" => Told(ReasonCodes.FailedIndexes, $"These indexes failed: {observed.FailedIndexes()}."),
            "MaxFailedIndexesExceeded" => Told(ReasonCodes.MaxFailedIndexesExceeded, $"More indexes failed than may: {observed.FailedIndexes()}."),
            // These two only count failures; what failed says more.
            "PodFailurePolicy" => observed.LastFailure() ?? Told(ReasonCodes.PodFailurePolicy, "Its rule for failure is met."),
            "BackoffLimitExceeded" => observed.TooManyPreemptions(condition) ?? observed.LastFailure() ?? Told(ReasonCodes.BackoffLimitExceeded, "As many attempts failed as may."),
            _ => Told(ReasonCodes.Unknown, observed.Sentence("The cluster ended it", condition.Reason)),
        };
    }

    // The cluster counts a pod that was stopped among those that failed.
    private static Reason? TooManyPreemptions(this ObservedWorkload observed, V1JobCondition condition)
    {
        if (observed.LastPreemption() is not { } last || observed.HasFailedByItself((V1Job)observed.Owner))
            return null;
        var stops = observed.PreemptedPods();
        var what = stops == 1 ? "its pod" : $"{stops} of its pods, the last";
        return Of(observed.Owner, ReasonCodes.Preempted,
            $"{observed.Stopped(what, last)}, and no retry is left: a larger backoffLimit leaves room for more.", condition.LastTransitionTime);
    }

    private static Reason? LastFailure(this ObservedWorkload observed)
    {
        var failure = observed.Pods
            .Where(pod => !pod.IsLive())
            .NewestFirst()
            .Select(observed.ReasonOf)
            .Append(observed.LastGone is { } gone ? EndReason(gone) : null)
            .FirstOrDefault(reason => reason is not null);
        return failure is null ? null : failure with { Message = $"{failure.Message.TrimEnd('.')}, and no retry is left." };
    }

    private static string FailedIndexes(this ObservedWorkload observed) => (observed.Owner as V1Job)?.Status?.FailedIndexes ?? "unknown";
}
