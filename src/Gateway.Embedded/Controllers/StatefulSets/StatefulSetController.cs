using System.Text.Json.Nodes;
using Gateway.Embedded.Clockwork;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Controllers.StatefulSets;

/// <summary>Makes StatefulSets come true: their pods by ordinal, in order unless the set allows them all at once.</summary>
internal sealed class StatefulSetController
{
    /// <summary>How long it waits before it tries again what was refused.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private readonly ClusterObjects objects;
    private readonly StatefulSetPods makers;
    private readonly WorkQueue<string> due;
    private readonly Alarms<string> later;

    // A new set can be read for a moment as it was submitted, before anything is done about it.
    private static readonly TimeSpan Notice = TimeSpan.FromMilliseconds(20);

    public StatefulSetController(ClusterObjects objects)
    {
        this.objects = objects;
        makers = new StatefulSetPods(objects, new EventLog(objects, "statefulset-controller"));
        due = new(objects.Activity);
        later = new(objects.Time, due.Add);
        objects.Store.Changed += Note;
    }

    /// <summary>Works until it is told to stop.</summary>
    public Task RunAsync(CancellationToken stopping) => due.RunAsync(Sync, stopping);

    private void Note(Change change)
    {
        if (change.After.Type == ResourceTypes.StatefulSets && !change.Removed)
        {
            if (change.Before is null) later.Set(change.After.Uid, Notice);
            else due.Add(change.After.Uid);
        }
        if (change.After.Type != ResourceTypes.Pods) return;
        foreach (var owner in change.After.Owners)
            if (objects.Store.FindByUid(owner) is { } set && set.Type == ResourceTypes.StatefulSets) due.Add(owner);
    }

    private void Sync(string uid)
    {
        if (objects.Store.FindByUid(uid) is not { } set) return;
        var content = set.ToJson();
        var spec = content.Child("spec");
        try
        {
            var revision = Revision.Keep(objects, set, spec.Child("template"));
            WriteStatus(set, content, revision);
            if (set.Deleting) return;
            if (!Act(set, spec, revision)) later.Set(uid, Retry);
            WriteStatus(set, content, revision);
        }
        catch (Refusal)
        {
            // The set or its namespace is going.
        }
    }

    /// <summary>Does what can be done now; false where something was refused.</summary>
    private bool Act(StoredObject set, JsonObject spec, string revision)
    {
        var pods = makers.Of(set);
        var first = (int)((spec["ordinals"] as JsonObject)?.Number("start") ?? 0);
        var end = first + (int)(spec.Number("replicas") ?? 1);
        var ordered = spec.Text("podManagementPolicy") != "Parallel";
        for (var ordinal = first; ordinal < end; ordinal++)
        {
            var pod = pods.FirstOrDefault(pod => StatefulSetPods.Ordinal(pod) == ordinal);
            if (pod is { Ended: true, Deleting: false }) makers.Delete(set, pod);
            if (pod is null && !makers.Create(set, spec, ordinal, revision)) return false;
            if (ordered && (pod is null || pod.Deleting || !StatefulSetStatus.IsReady(pod))) return true;
        }
        if (!Shrink(set, pods, first, end, ordered)) Renew(set, spec, revision, pods);
        return true;
    }

    /// <summary>Deletes what is too much, the highest ordinal first; true while there is such a pod.</summary>
    private bool Shrink(StoredObject set, PodView[] pods, int first, int end, bool ordered)
    {
        var excess = pods.Reverse().Where(pod => StatefulSetPods.Ordinal(pod) < first || StatefulSetPods.Ordinal(pod) >= end).ToArray();
        foreach (var pod in excess)
        {
            if (!pod.Deleting) makers.Delete(set, pod);
            if (ordered) return true;
        }
        return excess.Length > 0;
    }

    /// <summary>Replaces pods of an older template one by one, the highest ordinal first.</summary>
    private void Renew(StoredObject set, JsonObject spec, string revision, PodView[] pods)
    {
        var strategy = spec.Child("updateStrategy");
        if (strategy.Text("type") == "OnDelete") return;
        var partition = strategy.Child("rollingUpdate").Number("partition") ?? 0;
        foreach (var pod in pods.Reverse().Where(pod => StatefulSetPods.Ordinal(pod) >= partition))
        {
            if (Revision.Of(pod) != revision && !pod.Deleting) makers.Delete(set, pod);
            if (Revision.Of(pod) != revision || !StatefulSetStatus.IsReady(pod)) return;
        }
    }

    private void WriteStatus(StoredObject set, JsonObject content, string revision) =>
        objects.UpdateStatus(ResourceTypes.StatefulSets, set.Namespace, set.Name, standing =>
        {
            var generation = content.Metadata().Number("generation") ?? 0;
            if (standing.Metadata().Text("uid") == set.Uid)
                standing["status"] = StatefulSetStatus.Of(standing.Child("status"), generation, revision, makers.Of(set));
            return standing;
        });
}
