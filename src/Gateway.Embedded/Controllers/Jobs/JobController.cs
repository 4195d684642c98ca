using Gateway.Embedded.Clockwork;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Controllers.Jobs;

/// <summary>Makes Jobs come true: looks at a Job when it changes, and a second after one of its pods does.</summary>
internal sealed class JobController
{
    /// <summary>Changes of pods are gathered for as long, as Kubernetes does it.</summary>
    private static readonly TimeSpan PodPause = TimeSpan.FromSeconds(1);

    private readonly ClusterObjects objects;
    private readonly EventLog events;
    private readonly WorkQueue<string> due;
    private readonly Alarms<string> later;
    private readonly Dictionary<string, Backoff> backoffs = [];

    public JobController(ClusterObjects objects)
    {
        this.objects = objects;
        events = new EventLog(objects, "job-controller");
        due = new(objects.Activity);
        later = new(objects.Time, due.Add);
        objects.Store.Changed += Note;
    }

    /// <summary>Works until it is told to stop.</summary>
    public Task RunAsync(CancellationToken stopping) => due.RunAsync(Sync, stopping);

    private void Note(Change change)
    {
        if (change.After.Type == ResourceTypes.Jobs) due.Add(change.After.Uid);
        if (change.After.Type != ResourceTypes.Pods) return;
        foreach (var owner in change.After.Owners)
        {
            if (objects.Store.FindByUid(owner) is not { } found) due.Add(owner);
            else if (found.Type == ResourceTypes.Jobs) later.Set(owner, PodPause);
        }
    }

    private void Sync(string uid)
    {
        if (objects.Store.FindByUid(uid) is { } job) Sync(job);
        else Forget(uid);
    }

    private void Sync(StoredObject job)
    {
        var content = job.ToJson();
        var status = JobStatus.From(content.Child("status"));
        try
        {
            if (status.Finished) Retire(job, status, new JobSpec(content.Child("spec")));
            else Look(job);
        }
        catch (Refusal)
        {
            // The Job has gone, or changed under the controller's hands: then it is due again.
        }
    }

    private void Look(StoredObject job)
    {
        if (!backoffs.TryGetValue(job.Uid, out var backoff)) backoffs[job.Uid] = backoff = new Backoff();
        var sync = new JobSync(objects, events, job, backoff);
        sync.Run();
        if (sync.Again is { } delay) later.Set(job.Uid, delay);
    }

    /// <summary>A finished Job holds no pod, and goes once its time to live is over.</summary>
    private void Retire(StoredObject job, JobStatus status, JobSpec spec)
    {
        Forget(job.Uid);
        if (spec.TtlSecondsAfterFinished is not { } ttl || job.Deleting) return;
        var end = DateTimeOffset.Parse((status.Find("Complete") ?? status.Find("Failed"))!.Time);
        var left = end.AddSeconds(ttl) - objects.Time.GetUtcNow();
        if (left > TimeSpan.Zero) later.Set(job.Uid, left);
        else objects.Delete(ResourceTypes.Jobs, job.Namespace, job.Name, new DeleteOptions { PropagationPolicy = "Foreground", Uid = job.Uid });
    }

    private void Forget(string uid)
    {
        backoffs.Remove(uid);
        var pods = new JobPods(objects, events);
        foreach (var pod in pods.Of(uid)) pods.Release(pod);
    }
}
