using System.Text.Json.Nodes;
using Gateway.Embedded.Clockwork;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Upkeep;

/// <summary>Puts into every namespace what Kubernetes puts there: a default service account and the cluster's certificate.</summary>
internal sealed class NamespaceContents
{
    private const string Certificate = "kube-root-ca.crt";
    private readonly ClusterObjects objects;
    private readonly string certificatePem;
    private readonly WorkQueue<string> names;

    public NamespaceContents(ClusterObjects objects, string certificatePem)
    {
        this.certificatePem = certificatePem;
        this.objects = objects;
        names = new(objects.Activity);
        objects.Store.Changed += Note;
    }

    public Task RunAsync(CancellationToken stopping) => names.RunAsync(Furnish, stopping);

    private void Note(Change change)
    {
        if (change.After.Type == ResourceTypes.Namespaces && change.Before is null) names.Add(change.After.Name);
        else if (change.Removed && (change.After.Type == ResourceTypes.ServiceAccounts || change.After.Type == ResourceTypes.ConfigMaps)) names.Add(change.After.Namespace);
    }

    private void Furnish(string space)
    {
        if (objects.Store.Find(ResourceTypes.Namespaces, null, space) is not { Deleting: false }) return;
        Put(ResourceTypes.ServiceAccounts, space, "default", []);
        Put(ResourceTypes.ConfigMaps, space, Certificate, new JsonObject { ["data"] = new JsonObject { ["ca.crt"] = certificatePem } });
    }

    private void Put(ResourceType type, string space, string name, JsonObject content)
    {
        if (objects.Store.Find(type, space, name) is not null) return;
        content["metadata"] = new JsonObject { ["name"] = name };
        try
        {
            objects.Create(type, space, content);
        }
        catch (Refusal)
        {
            // Somebody else put it there, or the namespace is going.
        }
    }
}
