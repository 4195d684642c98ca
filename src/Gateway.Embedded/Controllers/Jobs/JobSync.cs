using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Controllers.Jobs;

/// <summary>
/// One look at one Job: pods are made and deleted, then the status is written, in two steps as Kubernetes does it:
/// first what was found, then, once the ended pods are let go, what is counted.
/// </summary>
internal sealed class JobSync
{
    private readonly ClusterObjects objects;
    private readonly EventLog events;
    private readonly JobPods makers;
    private readonly StoredObject job;
    private readonly Backoff backoff;
    private readonly JobSpec spec;
    private readonly DateTimeOffset now;
    private JobStatus status;
    private PodView[] pods = [];

    public JobSync(ClusterObjects objects, EventLog events, StoredObject job, Backoff backoff)
    {
        (this.objects, this.events, this.job, this.backoff) = (objects, events, job, backoff);
        makers = new JobPods(objects, events);
        now = objects.Time.GetUtcNow();
        var content = job.ToJson();
        spec = new JobSpec(content.Child("spec"));
        status = JobStatus.From(content.Child("status"));
    }

    /// <summary>When to look again even if nothing changes.</summary>
    public TimeSpan? Again { get; private set; }

    public void Run()
    {
        Look();
        backoff.Note(spec.FailurePolicy, JobCount.Ended(spec, pods), now);
        if (spec.BackoffLimitPerIndex is { } limit) status = status with { FailedIndexes = IndexSet.Write(backoff.IndexesOver(limit)) };
        if (status.StartTime is null && !spec.Suspended) status = status with { StartTime = objects.Now };
        var failure = JobVerdict.Failure(spec, status, pods, now);
        if (failure is not null) foreach (var pod in pods.Where(pod => pod.Active)) makers.Delete(job, pod);
        else if (job.Deleting) foreach (var pod in pods) makers.Release(pod);
        else Manage();
        Look();
        Write(failure ?? JobVerdict.Success(spec, status));
    }

    private void Look()
    {
        pods = makers.Of(job.Uid);
        status = JobCount.Of(spec, status, pods);
    }

    private void Manage()
    {
        var active = pods.Where(pod => pod.Active).ToArray();
        var wanted = spec.Suspended ? 0 : Wanted();
        foreach (var pod in active.Skip((int)wanted)) Drop(pod);
        var missing = wanted - active.Length - (spec.ReplacesOnlyFailed ? status.Terminating : 0);
        if (JobVerdict.TimeLeft(spec, status, now) is { } left) Waits(left);
        if (missing <= 0 || !Waits(backoff.Remaining(now))) Make(missing, active);
    }

    /// <summary>How many pods are to be active.</summary>
    private long Wanted()
    {
        var succeeded = status.Succeeded + status.UncountedSucceeded.Length;
        if (spec.Completions is { } completions) return Math.Min(spec.Parallelism, completions - succeeded);
        return succeeded > 0 ? Math.Min(status.Active, spec.Parallelism) : spec.Parallelism;
    }

    /// <summary>A pod that is no longer wanted does not count as a failure: it is let go before it is deleted.</summary>
    private void Drop(PodView pod)
    {
        makers.Release(pod);
        makers.Delete(job, pod);
    }

    private void Make(long missing, PodView[] active)
    {
        var indexes = spec.Indexed ? FreeIndexes(active).Select(index => (int?)index) : Enumerable.Repeat((int?)null, (int)Math.Max(0, missing));
        foreach (var index in indexes.Take((int)Math.Max(0, missing)).ToArray())
            if (!makers.Create(job, spec, index, backoff.FailuresOf(index)))
            {
                Waits(backoff.NextTry());
                return;
            }
        backoff.Refusals = 0;
    }

    private IEnumerable<int> FreeIndexes(PodView[] active)
    {
        var taken = IndexSet.Parse(status.CompletedIndexes);
        taken.UnionWith(IndexSet.Parse(status.FailedIndexes));
        taken.UnionWith(active.Select(JobCount.IndexOf).OfType<int>());
        return Enumerable.Range(0, (int)(spec.Completions ?? 0)).Where(index => !taken.Contains(index));
    }

    private bool Waits(TimeSpan delay)
    {
        if (delay > TimeSpan.Zero && (Again is null || delay < Again)) Again = delay;
        return delay > TimeSpan.Zero;
    }

    private void Write(JobVerdict? verdict)
    {
        if (verdict is not null) status = status.With(new JobCondition(verdict.Announcement, "True", verdict.Reason, verdict.Message, objects.Now));
        else if (!job.Deleting) NoteSuspension();
        WriteStatus();
        foreach (var pod in JobCount.Ended(spec, pods)) makers.Release(pod);
        status = JobCount.Settle(status);
        if (verdict is not null && status.Terminating == 0) Finish(verdict);
        WriteStatus();
    }

    private void NoteSuspension()
    {
        if (spec.Suspended && !status.Is("Suspended"))
        {
            status = status.With(new JobCondition("Suspended", "True", "JobSuspended", "Job suspended", objects.Now)) with { StartTime = null };
            events.Normal(job, "Suspended", "Job suspended");
        }
        else if (!spec.Suspended && status.Is("Suspended"))
        {
            status = status.With(new JobCondition("Suspended", "False", "JobResumed", "Job resumed", objects.Now)) with { StartTime = objects.Now };
            events.Normal(job, "Resumed", "Job resumed");
        }
    }

    private void Finish(JobVerdict verdict)
    {
        status = status.With(new JobCondition(verdict.Condition, "True", verdict.Reason, verdict.Message, objects.Now));
        if (verdict.Succeeded) status = status with { CompletionTime = objects.Now };
        if (verdict.Succeeded) events.Normal(job, "Completed", "Job completed");
        else events.Warn(job, verdict.Reason, verdict.Message);
    }

    private void WriteStatus() => objects.UpdateStatus(ResourceTypes.Jobs, job.Namespace, job.Name, standing =>
    {
        if (standing.Metadata().Text("uid") == job.Uid) standing["status"] = status.ToJson();
        return standing;
    });
}
