using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Embedded.Api.Tables;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Api.Reading;

/// <summary>The events of one watch on the wire, one JSON document a line.</summary>
internal sealed class WatchStream(ApiRequest request, TimeProvider time)
{
    private const int Much = 256 * 1024;
    private readonly PipeWriter body = request.Http.Response.BodyWriter;

    private readonly bool table = ObjectTable.IsWanted(request.Http);

    public Selection Selection { get; } = Selection.From(request);

    /// <summary>A change as this watcher sees it: an object that leaves the selection is deleted for it, one that enters is added.</summary>
    public ValueTask SendAsync(Change change, CancellationToken ct)
    {
        var (was, matches) = (change.Before is { } before && Selection.Matches(before), !change.Removed && Selection.Matches(change.After));
        if (matches) return SendAsync(was ? "MODIFIED" : "ADDED", change.After, ct);
        return was ? SendAsync("DELETED", change.After, ct) : ValueTask.CompletedTask;
    }

    /// <summary>Writes one event; waits for the client where much is under way.</summary>
    public async ValueTask SendAsync(string type, StoredObject item, CancellationToken ct)
    {
        Begin(type);
        WriteObject(item);
        body.Write("}\n"u8);
        if (body.UnflushedBytes > Much) await body.FlushAsync(ct);
    }

    public void SendError(Refusal refusal)
    {
        Begin("ERROR");
        body.Write(refusal.ToStatus().ToUtf8());
        body.Write("}\n"u8);
    }

    public void Bookmark(long version, bool initialEventsEnd)
    {
        var metadata = new JsonObject { ["resourceVersion"] = version.ToString(), ["creationTimestamp"] = null };
        if (initialEventsEnd) metadata["annotations"] = new JsonObject { ["k8s.io/initial-events-end"] = "true" };
        Begin("BOOKMARK");
        body.Write(request.Type!.Prefix);
        body.Write(new JsonObject { ["metadata"] = metadata }.ToUtf8().AsSpan(1));
        body.Write("}\n"u8);
    }

    public async Task FlushAsync(CancellationToken ct) => await body.FlushAsync(ct);

    private void WriteObject(StoredObject item)
    {
        if (table)
        {
            body.Write(ObjectTable.Of(item.Type, [item], new JsonObject { ["resourceVersion"] = item.Version.ToString() }, time.GetUtcNow()).ToUtf8());
            return;
        }
        body.Write(item.Type.Prefix);
        body.Write(item.Json.Span[1..]);
    }

    private void Begin(string type) => body.Write(Encoding.UTF8.GetBytes($$"""{"type":"{{type}}","object":"""));
}
