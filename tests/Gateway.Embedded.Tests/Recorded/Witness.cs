using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Tests.Recorded;

/// <summary>Writes down what happens in a namespace, as the recordings do: the states of each object, pods by the order in which they came.</summary>
internal sealed partial class Witness
{
    private readonly ObjectStore store;
    private readonly string space;
    private readonly Dictionary<string, string> roles = [];
    private readonly HashSet<string> pods = [];

    public Witness(ObjectStore store, string space)
    {
        (this.store, this.space) = (store, space);
        store.Changed += Note;
    }

    public Dictionary<string, List<string>> States { get; } = [];

    /// <summary>The events about each object, the latest last.</summary>
    public Dictionary<string, List<string>> Events() => store.List(ResourceTypes.Events, space).Items
        .Where(item => item.ToJson().Child("involvedObject").Text("kind") is "Pod" or "Job" or "StatefulSet")
        .OrderBy(item => item.Version)
        .Select(item => item.ToJson())
        .GroupBy(Subject)
        .ToDictionary(group => group.Key, group => group.Select(Show).ToList());

    private void Note(Change change)
    {
        if (change.After.Namespace != space || change.After.Type.Kind is not ("Pod" or "Job" or "StatefulSet")) return;
        var states = States.TryGetValue(Role(change.After), out var known) ? known : States[Role(change.After)] = [];
        var seen = Glance.At(change.After);
        if (states.Count == 0 || states[^1] != seen) states.Add(seen);
        if (change.Removed) states.Add("gone");
    }

    private string Role(StoredObject item)
    {
        if (item.Type != ResourceTypes.Pods) return $"{item.Type.Kind} {item.Name}";
        pods.Add(item.Name);
        return roles.TryGetValue(item.Uid, out var role) ? role : roles[item.Uid] = $"Pod {roles.Count + 1}";
    }

    /// <summary>Pods of a set come again under their name and are told apart by it alone.</summary>
    private string Subject(JsonObject item)
    {
        var involved = item.Child("involvedObject");
        var (kind, name) = (involved.Text("kind"), involved.Text("name"));
        return kind == "Pod" && name != "w-0" ? roles[involved.Text("uid")!] : $"{kind} {name}";
    }

    private string Show(JsonObject item)
    {
        var message = pods.OrderByDescending(pod => pod.Length).Aggregate(item.Text("message")!, (text, pod) => text.Replace(pod, "<pod>", StringComparison.Ordinal));
        message = GeneratedName().Replace(message.Replace(space, "<ns>", StringComparison.Ordinal), "<pod>");
        return $"{item.Text("type")} {item.Text("reason")} x{item.Number("count") ?? 1}: {Uid().Replace(message, "<uid>")}";
    }

    [GeneratedRegex("w-[a-z0-9]{5}")]
    private static partial Regex GeneratedName();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Uid();
}
