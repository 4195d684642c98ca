namespace Gateway.Embedded.Controllers.Jobs;

/// <summary>Counts a Job's pods into its status.</summary>
internal static class JobCount
{
    /// <summary>The status with the pods as they stand; those that have ended since the last look are listed as not yet counted.</summary>
    public static JobStatus Of(JobSpec spec, JobStatus standing, IReadOnlyList<PodView> pods)
    {
        var counted = standing with
        {
            Active = pods.Count(pod => pod.Active),
            Ready = pods.Count(pod => pod.Active && pod.Ready),
            Terminating = pods.Count(pod => pod.Terminating),
            UncountedFailed = [.. standing.UncountedFailed.Union(Ended(spec, pods).Where(pod => pod.Phase != "Succeeded" && !spec.FailurePolicy.Ignores(pod)).Select(pod => pod.Stored.Uid))],
        };
        var succeeded = Ended(spec, pods).Where(pod => pod.Phase == "Succeeded");
        return spec.Indexed
            ? WithIndexes(spec, counted, succeeded)
            : counted with { UncountedSucceeded = [.. standing.UncountedSucceeded.Union(succeeded.Select(pod => pod.Stored.Uid))] };
    }

    /// <summary>The pods that are to be counted: they have ended, or will without being waited for.</summary>
    public static IEnumerable<PodView> Ended(JobSpec spec, IEnumerable<PodView> pods) =>
        pods.Where(pod => pod.Finalizers.Contains(JobPods.Tracking) && (pod.Ended || (pod.Deleting && !spec.ReplacesOnlyFailed)));

    /// <summary>The same once the pods not yet counted are.</summary>
    public static JobStatus Settle(JobStatus status) => status with
    {
        Succeeded = status.Succeeded + status.UncountedSucceeded.Length,
        Failed = status.Failed + status.UncountedFailed.Length,
        UncountedSucceeded = [],
        UncountedFailed = [],
    };

    public static int? IndexOf(PodView pod) => int.TryParse(pod.Label(JobPods.IndexKey), out var index) ? index : null;

    private static JobStatus WithIndexes(JobSpec spec, JobStatus status, IEnumerable<PodView> succeeded)
    {
        var completed = IndexSet.Parse(status.CompletedIndexes);
        completed.UnionWith(succeeded.Select(IndexOf).OfType<int>().Where(index => index < spec.Completions));
        return status with { CompletedIndexes = IndexSet.Write(completed), Succeeded = completed.Count };
    }
}
