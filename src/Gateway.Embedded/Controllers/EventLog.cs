using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Controllers;

/// <summary>The events that one component of the cluster writes about objects. The same event again is counted, not written twice.</summary>
internal sealed class EventLog(ClusterObjects objects, string component, string? host = null)
{
    public void Normal(StoredObject about, string reason, string message, string? part = null) => Write(about, "Normal", reason, message, part);

    public void Warn(StoredObject about, string reason, string message, string? part = null) => Write(about, "Warning", reason, message, part);

    /// <summary>An event of the newer kind, which has a time and an action but no count.</summary>
    public void Act(StoredObject about, string type, string reason, string action, string message, string reporter)
    {
        var written = Begin(about, reason, message, NameFor(about, type, reason, message, Guid.NewGuid().ToString()), null);
        written["source"] = new JsonObject();
        written["firstTimestamp"] = null;
        written["lastTimestamp"] = null;
        written["type"] = type;
        written["eventTime"] = objects.Time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ");
        written["action"] = action;
        written["reportingComponent"] = reporter;
        written["reportingInstance"] = $"{reporter}-0";
        Create(about, written);
    }

    private void Write(StoredObject about, string type, string reason, string message, string? part)
    {
        var name = NameFor(about, type, reason, message, part ?? "");
        var counted = objects.Store.Update(ResourceTypes.Events, about.Namespace, name, standing =>
        {
            standing["count"] = (standing.Number("count") ?? 1) + 1;
            standing["lastTimestamp"] = objects.Now;
            return standing;
        });
        if (counted is null) Create(about, Counted(about, type, reason, message, name, part));
    }

    private JsonObject Counted(StoredObject about, string type, string reason, string message, string name, string? part)
    {
        var written = Begin(about, reason, message, name, part);
        written["source"] = host is null ? new JsonObject { ["component"] = component } : new JsonObject { ["component"] = component, ["host"] = host };
        written["firstTimestamp"] = objects.Now;
        written["lastTimestamp"] = objects.Now;
        written["count"] = 1;
        written["type"] = type;
        written["eventTime"] = null;
        written["reportingComponent"] = component;
        written["reportingInstance"] = host ?? "";
        return written;
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

    private void Create(StoredObject about, JsonObject written)
    {
        try
        {
            objects.Create(ResourceTypes.Events, about.Namespace, written);
        }
        catch (Refusal)
        {
            // The namespace is going: nobody will read it.
        }
    }

    /// <summary>The same event about the same object has the same name, so that it is found again.</summary>
    private string NameFor(StoredObject about, string type, string reason, string message, string part) =>
        $"{about.Name}.{Fingerprint.Of64(string.Join('\n', component, about.Uid, type, reason, message, part)):x16}";
}
