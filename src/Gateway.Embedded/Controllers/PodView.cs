using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Controllers;

/// <summary>A pod as its controller sees it.</summary>
internal sealed class PodView
{
    private readonly JsonObject content;

    public PodView(StoredObject stored)
    {
        Stored = stored;
        content = stored.ToJson();
        Phase = content.Child("status").Text("phase") ?? "Pending";
        Finalizers = [.. content.Metadata().Texts("finalizers")];
    }

    public StoredObject Stored { get; }

    public string Phase { get; }

    public string[] Finalizers { get; }

    public bool Deleting => Stored.Deleting;

    public bool Ended => Phase is "Succeeded" or "Failed";

    /// <summary>Neither ended nor on its way out.</summary>
    public bool Active => !Ended && !Deleting;

    public bool Terminating => !Ended && Deleting;

    public bool Ready => Has("Ready", "True");

    public long Restarts => Containers.Sum(container => container.Number("restartCount") ?? 0);

    /// <summary>When the last of its containers ended.</summary>
    public DateTimeOffset? FinishedAt => Containers
        .Select(container => container.Child("state").Child("terminated").Text("finishedAt"))
        .OfType<string>().Select(time => (DateTimeOffset?)DateTimeOffset.Parse(time)).Max();

    /// <summary>The containers that have ended, and how.</summary>
    public IEnumerable<(string Container, long Code)> Exits =>
        from container in Containers
        let ended = container.Child("state")["terminated"] as JsonObject
        where ended is not null
        select (container.Text("name") ?? "", ended.Number("exitCode") ?? 0);

    /// <summary>Whether a condition of it has that status.</summary>
    public bool Has(string? type, string status) =>
        content.Child("status").Items("conditions").Any(condition => condition.Text("type") == type && condition.Text("status") == status);

    public string? Label(string key) => Stored.Labels.FirstOrDefault(label => label.Key == key).Value;

    private IEnumerable<JsonObject> Containers => content.Child("status").Items("initContainerStatuses").Concat(content.Child("status").Items("containerStatuses"));
}
