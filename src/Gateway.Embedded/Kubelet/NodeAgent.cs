using System.Collections.Concurrent;
using Gateway.Embedded.Clockwork;
using Gateway.Embedded.Controllers;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Scheduler;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kubelet;

/// <summary>Runs the pods that have a node: begins their lives, asks them to stop, and forgets them once they are gone.</summary>
internal sealed class NodeAgent
{
    private readonly ClusterObjects objects;
    private readonly WorkQueue<string> changed;
    private readonly Pauses pauses;
    private readonly ConcurrentDictionary<string, PodLife> lives = new();
    private readonly HashSet<string> lost = [];
    private readonly TaskCompletionSource broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int lastAddress;

    public NodeAgent(ClusterObjects objects)
    {
        this.objects = objects;
        changed = new(objects.Activity);
        pauses = new Pauses(objects.Time, objects.Activity);
        objects.Store.Changed += Note;
    }

    /// <summary>Works until it is told to stop, or a pod's life breaks.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await await Task.WhenAny(changed.RunAsync(Handle, stopping), broken.Task);
        }
        finally
        {
            foreach (var life in lives.Values) life.Dispose();
        }
    }

    /// <summary>The pod's life on its node; null where it has none.</summary>
    public PodLife? Find(string uid) => lives.GetValueOrDefault(uid);

    private void Note(Change change)
    {
        if (change.After.Type == ResourceTypes.Nodes) changed.Add(change.After.Uid);
        else if (change.After.Type == ResourceTypes.Pods && (change.Removed || change.After.Deleting || !lives.ContainsKey(change.After.Uid))) changed.Add(change.After.Uid);
    }

    private void Handle(string uid)
    {
        var pod = objects.Store.FindByUid(uid);
        if (pod is null) Forget(uid);
        else if (pod.Type == ResourceTypes.Nodes) Look(pod);
        else if (lives.TryGetValue(uid, out var life)) Stop(pod, life);
        else if (pod.ToJson().Child("spec").Text("nodeName") is { Length: > 0 } node) Begin(pod, node);
    }

    /// <summary>A node that is in touch again says how its pods stand.</summary>
    private void Look(StoredObject node)
    {
        if (NodeObject.IsLost(node)) lost.Add(node.Name);
        else if (lost.Remove(node.Name))
            foreach (var life in lives.Values) life.CatchUp();
    }

    private static void Stop(StoredObject pod, PodLife life)
    {
        if (pod.Deleting) life.Stop();
    }

    private void Forget(string uid)
    {
        if (lives.TryRemove(uid, out var life)) life.Dispose();
    }

    private void Begin(StoredObject pod, string node)
    {
        var number = Interlocked.Increment(ref lastAddress);
        var address = $"10.244.{(number >> 8) & 0xff}.{number & 0xff}";
        var life = lives[pod.Uid] = new PodLife(objects, new EventLog(objects, "kubelet", node), pauses, pod, address, () => lost.Contains(node));
        _ = LiveAsync(life);
    }

    private async Task LiveAsync(PodLife life)
    {
        objects.Activity.Begin();
        try
        {
            await life.LiveAsync();
        }
        catch (Exception e) when (e is OperationCanceledException or Refusal)
        {
            // The pod was removed before its end.
        }
        catch (Exception e)
        {
            broken.TrySetException(e);
        }
        finally
        {
            objects.Activity.End();
        }
    }
}
