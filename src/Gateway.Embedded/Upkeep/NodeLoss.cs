using System.Text.Json.Nodes;
using Gateway.Embedded.Clockwork;
using Gateway.Embedded.Controllers;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Scheduler;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Upkeep;

/// <summary>What the cluster makes of a node that is out of touch: it is not ready, nor are its pods, and after five minutes they are deleted.</summary>
internal sealed class NodeLoss
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);
    private readonly ClusterObjects objects;
    private readonly EventLog events;
    private readonly WorkQueue<string> changed;
    private readonly Alarms<string> later;
    private readonly Dictionary<string, DateTimeOffset> lost = [];

    public NodeLoss(ClusterObjects objects)
    {
        this.objects = objects;
        events = new EventLog(objects, "node-controller");
        changed = new(objects.Activity);
        later = new(objects.Time, changed.Add);
        objects.Store.Changed += Note;
    }

    /// <summary>Works until it is told to stop.</summary>
    public Task RunAsync(CancellationToken stopping) => changed.RunAsync(Look, stopping);

    private void Note(Change change)
    {
        if (change.After.Type == ResourceTypes.Nodes) changed.Add(change.After.Name);
    }

    private void Look(string name)
    {
        if (objects.Store.Find(ResourceTypes.Nodes, null, name) is not { } node) return;
        if (!NodeObject.IsLost(node)) Return(name);
        else if (lost.TryAdd(name, objects.Time.GetUtcNow())) Lose(name);
        else if (objects.Time.GetUtcNow() - lost[name] >= Tolerance) Clear(name);
    }

    private void Lose(string name)
    {
        later.Set(name, Tolerance);
        Write(name, NodeObject.Ready("Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status.", objects.Now), [Taint("NoSchedule"), Taint("NoExecute")]);
        foreach (var pod in PodsOn(name))
        {
            objects.Store.Update(ResourceTypes.Pods, pod.Namespace, pod.Name, Unready);
            events.Warn(pod, "NodeNotReady", "Node is not ready");
        }
    }

    private void Return(string name)
    {
        if (lost.Remove(name)) Write(name, NodeObject.Ready("True", "KubeletReady", "kubelet is posting ready status", objects.Now), []);
    }

    private void Clear(string name)
    {
        foreach (var pod in PodsOn(name).Where(pod => !pod.Deleting))
        {
            events.Normal(pod, "TaintManagerEviction", $"Marking for deletion Pod {pod.Namespace}/{pod.Name}");
            Disruption.Announce(objects, pod.Namespace, pod.Name, "DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint");
            try
            {
                objects.Delete(ResourceTypes.Pods, pod.Namespace, pod.Name, DeleteOptions.Background with { Uid = pod.Uid });
            }
            catch (Refusal)
            {
                // It went by itself meanwhile.
            }
        }
    }

    private void Write(string name, JsonObject ready, JsonObject[] taints) => objects.Store.Update(ResourceTypes.Nodes, null, name, node =>
    {
        node.Child("spec").SetList("taints", taints);
        node.Child("status")["conditions"] = new JsonArray(ready);
        return node;
    });

    private JsonObject? Unready(JsonObject pod)
    {
        if (pod.Child("status").Items("conditions").FirstOrDefault(condition => condition.Text("type") == "Ready") is not { } ready || ready.Text("status") == "False") return null;
        (ready["status"], ready["lastTransitionTime"]) = ("False", objects.Now);
        return pod;
    }

    private JsonObject Taint(string effect) => new() { ["key"] = "node.kubernetes.io/unreachable", ["effect"] = effect, ["timeAdded"] = objects.Now };

    private StoredObject[] PodsOn(string node) => [.. objects.Store.List(ResourceTypes.Pods).Items.Where(pod => Runs(pod.ToJson(), node))];

    private static bool Runs(JsonObject pod, string node) =>
        pod.Child("spec").Text("nodeName") == node && pod.Child("status").Text("phase") is not ("Succeeded" or "Failed");
}
