using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Controllers;

/// <summary>The events that one component of the cluster writes about objects. The same event again is counted, not written twice.</summary>
internal sealed class EventLog(ClusterObjects objects, string component, string? host = null)
{
    private const int Remembered = 4096;
    private static long lastName;
    private readonly Dictionary<(string About, string Type, string Reason, string Message, string? Part), string> written = [];

    public void Normal(StoredObject about, string reason, string message, string? part = null) => Write(about, "Normal", reason, message, part);

    public void Warn(StoredObject about, string reason, string message, string? part = null) => Write(about, "Warning", reason, message, part);

    /// <summary>An event of the newer kind, which has a time and an action but no count.</summary>
    public void Act(StoredObject about, string type, string reason, string action, string message, string reporter)
    {
        var item = Begin(about, reason, message, NewName(about), null);
        item["source"] = new JsonObject();
        item["firstTimestamp"] = null;
        item["lastTimestamp"] = null;
        item["type"] = type;
        item["eventTime"] = objects.Time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ");
        item["action"] = action;
        item["reportingComponent"] = reporter;
        item["reportingInstance"] = $"{reporter}-0";
        Create(about, item);
    }

    private void Write(StoredObject about, string type, string reason, string message, string? part)
    {
        var same = (about.Uid, type, reason, message, part);
        if (written.TryGetValue(same, out var name) && Count(about, name)) return;
        if (written.Count == Remembered) written.Clear();
        written[same] = NewName(about);
        Create(about, Counted(about, type, reason, message, written[same], part));
    }

    private bool Count(StoredObject about, string name) => objects.Store.Update(ResourceTypes.Events, about.Namespace, name, standing =>
    {
        standing["count"] = (standing.Number("count") ?? 1) + 1;
        standing["lastTimestamp"] = objects.Now;
        return standing;
    }) is not null;

    private JsonObject Counted(StoredObject about, string type, string reason, string message, string name, string? part)
    {
        var item = Begin(about, reason, message, name, part);
        item["source"] = host is null ? new JsonObject { ["component"] = component } : new JsonObject { ["component"] = component, ["host"] = host };
        item["firstTimestamp"] = objects.Now;
        item["lastTimestamp"] = objects.Now;
        item["count"] = 1;
        item["type"] = type;
        item["eventTime"] = null;
        item["reportingComponent"] = component;
        item["reportingInstance"] = host ?? "";
        return item;
    }

    private static JsonObject Begin(StoredObject about, string reason, string message, string name, string? part)
    {
        var involved = new JsonObject
        {
            ["kind"] = about.Type.Kind,
            ["namespace"] = about.Namespace,
            ["name"] = about.Name,
            ["uid"] = about.Uid,
            ["apiVersion"] = about.Type.ApiVersion,
            ["resourceVersion"] = about.Version.ToString(),
        };
        if (part is not null) involved["fieldPath"] = part;
        return new JsonObject { ["metadata"] = new JsonObject { ["name"] = name }, ["involvedObject"] = involved, ["reason"] = reason, ["message"] = message };
    }

    private void Create(StoredObject about, JsonObject item)
    {
        try
        {
            objects.Create(ResourceTypes.Events, about.Namespace, item);
        }
        catch (Refusal)
        {
            // The namespace is going: nobody will read it.
        }
    }

    /// <summary>Events are named by their time, so that a list has them in order.</summary>
    private string NewName(StoredObject about)
    {
        var now = (objects.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        long last;
        long next;
        do (last, next) = (Volatile.Read(ref lastName), Math.Max(now, Volatile.Read(ref lastName) + 1));
        while (Interlocked.CompareExchange(ref lastName, next, last) != last);
        return $"{about.Name}.{next:x16}";
    }
}
