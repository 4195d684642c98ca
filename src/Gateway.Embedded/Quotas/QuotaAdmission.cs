using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Schema;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Quotas;

/// <summary>Lets objects into a namespace for as long as its quotas have room.</summary>
internal sealed class QuotaAdmission(ObjectStore store)
{
    private readonly Lock gate = new();

    /// <summary>Adds the object if it fits. Where there are quotas, one object after the other, so that together they do not exceed them.</summary>
    public StoredObject? Admit(ResourceType type, string? space, JsonObject content, Func<StoredObject?> add)
    {
        if (space is null || store.List(ResourceTypes.Quotas, space) is not { Count: > 0 } quotas) return add();
        lock (gate)
        {
            foreach (var quota in quotas.Items) Check(quota, type, space, content);
            return add();
        }
    }

    private void Check(StoredObject quota, ResourceType type, string space, JsonObject content)
    {
        var hard = quota.ToJson().Child("spec").Child("hard").ToDictionary(entry => entry.Key, entry => Quantity.Parse(entry.Value!.ToString()));
        var name = content.Metadata().Text("name");
        if (type == ResourceTypes.Pods && QuotaUsage.Missing(content, hard.Keys) is { Length: > 0 } missing)
            throw Refusal.Forbidden(type, name, $"failed quota: {quota.Name}: must specify {missing}");
        var charges = QuotaUsage.Of(type, content, hard.Keys).OrderBy(charge => charge.Key, StringComparer.Ordinal).ToArray();
        var used = charges.ToDictionary(charge => charge.Key, charge => QuotaUsage.Sum(store, space, charge.Key));
        var exceeded = charges.Where(charge => used[charge.Key] + charge.Value > hard[charge.Key]).ToArray();
        if (exceeded.Length == 0) return;
        var requested = string.Join(',', exceeded.Select(charge => $"{charge.Key}={charge.Value}"));
        var taken = string.Join(',', exceeded.Select(charge => $"{charge.Key}={used[charge.Key]}"));
        var limited = string.Join(',', exceeded.Select(charge => $"{charge.Key}={hard[charge.Key]}"));
        throw Refusal.Forbidden(type, name, $"exceeded quota: {quota.Name}, requested: {requested}, used: {taken}, limited: {limited}");
    }
}
