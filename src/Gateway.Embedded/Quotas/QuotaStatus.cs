using System.Text.Json.Nodes;
using Gateway.Embedded.Clockwork;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Quotas;

/// <summary>Keeps in every quota's status how much of it is used.</summary>
internal sealed class QuotaStatus
{
    private readonly ClusterObjects objects;
    private readonly WorkQueue<string> namespaces;

    public QuotaStatus(ClusterObjects objects)
    {
        this.objects = objects;
        namespaces = new(objects.Activity);
        objects.Store.Changed += Note;
    }

    /// <summary>Works until it is told to stop.</summary>
    public Task RunAsync(CancellationToken stopping) => namespaces.RunAsync(Count, stopping);

    private void Note(Change change)
    {
        if (change.After.Namespace != "" && objects.Store.List(ResourceTypes.Quotas, change.After.Namespace).Count > 0) namespaces.Add(change.After.Namespace);
    }

    private void Count(string space)
    {
        foreach (var quota in objects.Store.List(ResourceTypes.Quotas, space).Items)
            objects.Store.Update(ResourceTypes.Quotas, space, quota.Name, content =>
            {
                var hard = content.Child("spec").Child("hard");
                var used = hard.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)QuotaUsage.Sum(objects.Store, space, entry.Key).ToString()));
                content["status"] = new JsonObject { ["hard"] = hard.DeepClone(), ["used"] = new JsonObject(used) };
                return content;
            });
    }
}
