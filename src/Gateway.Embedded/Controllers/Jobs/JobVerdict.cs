namespace Gateway.Embedded.Controllers.Jobs;

/// <summary>Whether a Job has come to its end, and why.</summary>
internal sealed record JobVerdict(bool Succeeded, string Reason, string Message)
{
    private static readonly JobVerdict Completed = new(true, "CompletionsReached", "Reached expected number of succeeded pods");
    private static readonly JobVerdict TooManyFailures = new(false, "BackoffLimitExceeded", "Job has reached the specified backoff limit");
    private static readonly JobVerdict TooLate = new(false, "DeadlineExceeded", "Job was active longer than specified deadline");
    private static readonly JobVerdict TooManyIndexes = new(false, "MaxFailedIndexesExceeded", "Job has exceeded the specified maximal number of failed indexes");
    private static readonly JobVerdict SomeIndexes = new(false, "FailedIndexes", "Job has failed indexes");

    /// <summary>The condition that announces the end while pods are still to be dealt with.</summary>
    public string Announcement => Succeeded ? "SuccessCriteriaMet" : "FailureTarget";

    public string Condition => Succeeded ? "Complete" : "Failed";

    public static JobVerdict? Failure(JobSpec spec, JobStatus counted, IReadOnlyList<PodView> pods, DateTimeOffset now)
    {
        if (counted.Find("FailureTarget") is { } announced) return new JobVerdict(false, announced.Reason, announced.Message);
        if (counted.Is("SuccessCriteriaMet")) return null;
        if (spec.FailurePolicy.FailsJob(pods) is { } told) return new JobVerdict(false, "PodFailurePolicy", told);
        if (counted.Failed + counted.UncountedFailed.Length > spec.BackoffLimit || RestartedTooOften(spec, pods)) return TooManyFailures;
        if (TimeLeft(spec, counted, now) <= TimeSpan.Zero) return TooLate;
        return spec.BackoffLimitPerIndex is null ? null : FailureOfIndexes(spec, counted);
    }

    public static JobVerdict? Success(JobSpec spec, JobStatus counted)
    {
        var succeeded = counted.Succeeded + counted.UncountedSucceeded.Length;
        var reached = spec.Completions is { } wanted ? succeeded >= wanted : succeeded > 0 && counted.Active == 0;
        return reached || counted.Is("SuccessCriteriaMet") ? Completed : null;
    }

    /// <summary>How long the Job may go on; null where it has no deadline or its clock does not run.</summary>
    public static TimeSpan? TimeLeft(JobSpec spec, JobStatus status, DateTimeOffset now) =>
        spec is { ActiveDeadlineSeconds: { } seconds, Suspended: false } && status.StartTime is { } start
            ? DateTimeOffset.Parse(start).AddSeconds(seconds) - now
            : null;

    private static bool RestartedTooOften(JobSpec spec, IReadOnlyList<PodView> pods)
    {
        if (!spec.RestartsContainers) return false;
        var restarts = pods.Where(pod => !pod.Ended).Sum(pod => pod.Restarts);
        return spec.BackoffLimit == 0 ? restarts > 0 : restarts >= spec.BackoffLimit;
    }

    private static JobVerdict? FailureOfIndexes(JobSpec spec, JobStatus counted)
    {
        var failed = IndexSet.Parse(counted.FailedIndexes).Count;
        if (failed > spec.MaxFailedIndexes) return TooManyIndexes;
        return failed > 0 && failed + counted.Succeeded >= spec.Completions ? SomeIndexes : null;
    }
}
