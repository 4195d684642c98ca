using System.Text.Json.Nodes;
using Gateway.Embedded.Clockwork;
using Gateway.Embedded.Controllers;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Scheduler;

/// <summary>Gives pods their nodes, whichever scheduler they ask for: first come, first served, but nobody waits for one that does not fit.</summary>
internal sealed class PodScheduler
{
    private readonly ClusterObjects objects;
    private readonly EventLog events;
    private readonly WorkQueue<string> changed;
    private readonly NodeRoom[] nodes;
    private readonly SortedDictionary<long, Waiting> waiting = [];
    private readonly Dictionary<string, long> places = [];
    private readonly HashSet<string> bound = [];
    private long arrivals;

    public PodScheduler(ClusterObjects objects, IEnumerable<EmbeddedNode> nodes)
    {
        this.objects = objects;
        this.nodes = [.. nodes.Select(node => new NodeRoom(node))];
        events = new EventLog(objects, "scheduler");
        changed = new(objects.Activity);
        objects.Store.Changed += Note;
    }

    /// <summary>Works until it is told to stop.</summary>
    public Task RunAsync(CancellationToken stopping) => changed.RunAsync(Handle, stopping);

    private void Note(Change change)
    {
        if (change.After.Type == ResourceTypes.Pods || change.After.Type == ResourceTypes.Claims || change.After.Type == ResourceTypes.Nodes) changed.Add(change.After.Uid);
    }

    private void Handle(string uid)
    {
        var found = objects.Store.FindByUid(uid);
        if (found is null) Leave(uid);
        else if (found.Type == ResourceTypes.Claims) LookAgain(found);
        else if (found.Type == ResourceTypes.Nodes) Look(found);
        else Handle(found, found.ToJson());
    }

    private void Handle(StoredObject pod, JsonObject content)
    {
        var spec = content.Child("spec");
        if (content.Child("status").Text("phase") is "Succeeded" or "Failed") Leave(pod.Uid);
        else if (spec.Text("nodeName") is { Length: > 0 } node) Settle(pod.Uid, node, PodDemand.Of(content));
        else if (pod.Deleting) Leave(pod.Uid);
        else if (!places.ContainsKey(pod.Uid)) Arrive(new Waiting(pod.Uid, PodDemand.Of(content), PodClaims.Of(pod, content), spec.Text("schedulerName") ?? "default-scheduler"));
    }

    private void Arrive(Waiting pod)
    {
        places[pod.Uid] = ++arrivals;
        waiting[arrivals] = pod;
        if (!TryPlace(pod)) Refuse(pod);
    }

    private void Look(StoredObject node)
    {
        if (nodes.FirstOrDefault(room => room.Name == node.Name) is not { } room) return;
        room.Lost = NodeObject.IsLost(node);
        Retry();
    }

    /// <summary>Whoever waited for a claim may have a node now, or wait for something else.</summary>
    private void LookAgain(StoredObject claim)
    {
        foreach (var pod in waiting.Values.Where(pod => pod.Claims.Contain(claim)).ToArray())
            if (!TryPlace(pod)) Refuse(pod);
    }

    /// <summary>Takes what a pod held, and looks whether others fit now.</summary>
    private void Leave(string uid)
    {
        if (places.Remove(uid, out var place)) waiting.Remove(place);
        bound.Remove(uid);
        if (nodes.Any(node => node.Release(uid))) Retry();
    }

    /// <summary>A pod that came with its node takes what it needs there, whether or not there is room.</summary>
    private void Settle(string uid, string name, PodDemand demand)
    {
        if (bound.Add(uid)) nodes.FirstOrDefault(node => node.Name == name)?.Take(uid, demand);
    }

    private void Retry()
    {
        var hopeless = new HashSet<PodDemand>();
        foreach (var pod in waiting.Values.ToArray())
            if (pod.Claims.Problem(objects.Store) is null && !hopeless.Contains(pod.Demand) && !TryPlace(pod)) hopeless.Add(pod.Demand);
    }

    private bool TryPlace(Waiting pod)
    {
        if (pod.Claims.Problem(objects.Store) is not null) return false;
        if (nodes.FirstOrDefault(node => !node.Lost && pod.Demand.Selects(node.Labels) && node.Take(pod.Uid, pod.Demand)) is not { } found) return false;
        bound.Add(pod.Uid);
        if (places.Remove(pod.Uid, out var place)) waiting.Remove(place);
        if (Write(pod.Uid, new JsonObject { ["status"] = "True" }, found.Name) is { } placed)
            events.Act(placed, "Normal", "Scheduled", "Binding", $"Successfully assigned {placed.Namespace}/{placed.Name} to {found.Name}", pod.Scheduler);
        return true;
    }

    private void Refuse(Waiting pod)
    {
        var message = Unschedulable.Explain(nodes, pod.Demand, pod.Claims.Problem(objects.Store));
        var condition = new JsonObject { ["status"] = "False", ["reason"] = "Unschedulable", ["message"] = message };
        if (Write(pod.Uid, condition, null) is { } refused)
            events.Act(refused, "Warning", "FailedScheduling", "Scheduling", message, pod.Scheduler);
    }

    /// <summary>Writes what became of a pod, and its node if it has one.</summary>
    private StoredObject? Write(string uid, JsonObject outcome, string? node)
    {
        if (objects.Store.FindByUid(uid) is not { } pod) return null;
        return objects.Store.Update(ResourceTypes.Pods, pod.Namespace, pod.Name, standing =>
        {
            if (standing.Metadata().Text("uid") != uid) return null;
            if (node is not null) standing.Child("spec")["nodeName"] = node;
            var condition = new JsonObject { ["type"] = "PodScheduled" };
            if (node is null) condition["observedGeneration"] = standing.Metadata()["generation"]?.DeepClone();
            foreach (var (key, value) in outcome) condition[key] = value?.DeepClone();
            condition["lastProbeTime"] = null;
            condition["lastTransitionTime"] = objects.Now;
            var status = standing.Child("status");
            status.Remove("conditions");
            status.Insert(1, "conditions", new JsonArray(condition));
            return standing;
        });
    }

    private sealed record Waiting(string Uid, PodDemand Demand, PodClaims Claims, string Scheduler);
}
