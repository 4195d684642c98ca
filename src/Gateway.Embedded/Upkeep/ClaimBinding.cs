using System.Text.Json.Nodes;
using Gateway.Embedded.Clockwork;
using Gateway.Embedded.Controllers;
using Gateway.Embedded.Kubelet;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Upkeep;

/// <summary>Gives every claim a volume a moment after it was made, whether or not a pod asks for it: what a storage class that binds immediately does.</summary>
internal sealed class ClaimBinding
{
    /// <summary>The storage class that does not exist; every other name is one that does.</summary>
    private const string NoClass = "none-such";
    private static readonly TimeSpan ProvisionTime = TimeSpan.FromMilliseconds(100);

    private readonly ClusterObjects objects;
    private readonly EventLog events;
    private readonly WorkQueue<string> due;
    private readonly Alarms<string> later;

    public ClaimBinding(ClusterObjects objects)
    {
        this.objects = objects;
        events = new EventLog(objects, "persistentvolume-controller");
        due = new(objects.Activity);
        later = new(objects.Time, due.Add);
        objects.Store.Changed += Note;
    }

    /// <summary>Works until it is told to stop.</summary>
    public Task RunAsync(CancellationToken stopping) => due.RunAsync(Handle, stopping);

    private void Note(Change change)
    {
        if (change.After.Type == ResourceTypes.Claims && change.Before is null) later.Set(change.After.Uid, ProvisionTime);
    }

    private void Handle(string uid)
    {
        if (objects.Store.FindByUid(uid) is not { Deleting: false } claim) return;
        var content = claim.ToJson();
        if ((content.Metadata()["annotations"] as JsonObject)?.Text($"{Behaviour.Prefix}unbound") == "true") return;
        switch (content.Child("spec").Text("storageClassName"))
        {
            case NoClass:
                events.Warn(claim, "ProvisioningFailed", $"storageclass.storage.k8s.io \"{NoClass}\" not found");
                break;
            case "":
                events.Normal(claim, "FailedBinding", "no persistent volumes available for this claim and no storage class is set");
                break;
            default:
                Bind(claim);
                break;
        }
    }

    private void Bind(StoredObject claim)
    {
        var volume = $"pvc-{claim.Uid}";
        objects.Store.Update(ResourceTypes.Claims, claim.Namespace, claim.Name, standing => standing.Metadata().Text("uid") == claim.Uid ? Bound(standing, volume) : null);
        events.Normal(claim, "ProvisioningSucceeded", $"Successfully provisioned volume {volume}");
    }

    private static JsonObject Bound(JsonObject claim, string volume)
    {
        var (metadata, spec) = (claim.Metadata(), claim.Child("spec"));
        foreach (var key in new[] { "bind-completed", "bound-by-controller" }) metadata.Child("annotations")[$"pv.kubernetes.io/{key}"] = "yes";
        metadata["annotations"] = metadata.Child("annotations").Sorted();
        spec["volumeName"] = volume;
        claim["status"] = new JsonObject
        {
            ["phase"] = "Bound",
            ["accessModes"] = spec["accessModes"]!.DeepClone(),
            ["capacity"] = new JsonObject { ["storage"] = spec.Child("resources").Child("requests")["storage"]!.DeepClone() },
        };
        return claim;
    }
}
