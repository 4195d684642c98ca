using System.Text.Json.Nodes;
using Gateway.Embedded.Clockwork;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Upkeep;

/// <summary>Lets a deleted claim go once no pod uses it.</summary>
internal sealed class ClaimProtection
{
    private const string Finalizer = "kubernetes.io/pvc-protection";
    private readonly ClusterObjects objects;
    private readonly WorkQueue<(string Namespace, string Name)> claims;

    public ClaimProtection(ClusterObjects objects)
    {
        this.objects = objects;
        claims = new(objects.Activity);
        objects.Store.Changed += Note;
    }

    /// <summary>Works until it is told to stop.</summary>
    public Task RunAsync(CancellationToken stopping) => claims.RunAsync(claim => Release(claim.Namespace, claim.Name), stopping);

    private void Note(Change change)
    {
        var item = change.After;
        if (item.Type == ResourceTypes.Claims && item.Deleting && !change.Removed) claims.Add((item.Namespace, item.Name));
        if (item.Type != ResourceTypes.Pods || !change.Removed) return;
        foreach (var claim in ClaimsOf(item.ToJson())) claims.Add((item.Namespace, claim));
    }

    private void Release(string space, string name)
    {
        if (objects.Store.Find(ResourceTypes.Claims, space, name) is not { Deleting: true }) return;
        if (objects.Store.List(ResourceTypes.Pods, space).Items.Any(pod => ClaimsOf(pod.ToJson()).Contains(name))) return;
        objects.Store.Update(ResourceTypes.Claims, space, name, claim =>
        {
            claim.Metadata().SetList("finalizers", claim.Metadata().Texts("finalizers").Where(finalizer => finalizer != Finalizer).Select(finalizer => (JsonNode)finalizer));
            return claim;
        });
    }

    private static IEnumerable<string> ClaimsOf(JsonObject pod) =>
        pod.Child("spec").Items("volumes").Select(volume => (volume["persistentVolumeClaim"] as JsonObject)?.Text("claimName")).OfType<string>();
}
