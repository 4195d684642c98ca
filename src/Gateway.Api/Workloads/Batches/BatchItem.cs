using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Api.Bodies;
using Gateway.Api.Errors;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads.Batches;

/// <summary>One of many submissions, as it was sent. It is read when its turn comes: all of them at once would take many times the batch's length.</summary>
internal sealed class BatchItem(JsonElement json, int index, string? batchKey)
{
    private const string KeyField = "idempotencyKey";

    public int Index => index;

    public string? Name => Text("name");

    public string? Type => Text("type");

    /// <summary>Its own key; the key of the whole batch, where it has none, stands for one with the item's index.</summary>
    public string? Key => Text(KeyField) ?? (batchKey is null ? null : $"{batchKey}/{index}");

    /// <summary>Items of one name are taken one after another, in their order.</summary>
    public string Group => Name ?? $"/{index}";

    /// <summary>What the work on it takes.</summary>
    public int Cost => BodyCost.OfWork(Bytes.Length, JsonValues.Count(Bytes, BodyLimit.Standard.Values));

    private ReadOnlySpan<byte> Bytes => JsonMarshal.GetRawUtf8Value(json);

    /// <summary>The submission; a problem where it cannot be read.</summary>
    public WorkloadSubmission Read()
    {
        BodyLimit.Standard.Count(Bytes);
        if (json.ValueKind != JsonValueKind.Object)
            throw new ProblemException(ProblemTypes.MalformedRequest.With("An item must be a JSON object."));
        try
        {
            return ReadFields(JsonObject.Create(json)!);
        }
        catch (JsonException e)
        {
            throw new ProblemException(RequestProblems.Unreadable(e, typeof(WorkloadSubmission)));
        }
        catch (InvalidOperationException)
        {
            throw Query.Refuse(KeyField, "must be a string of Unicode characters, as must the names of all fields");
        }
    }

    private WorkloadSubmission ReadFields(JsonObject fields)
    {
        if (fields.Remove(KeyField, out var own) && own is not null)
            own.GetValue<string>();
        IdempotencyKeys.Read(Key, KeyField);
        return fields.Deserialize<WorkloadSubmission>(WorkloadJson.Options)!;
    }

    // Null where it is something else; what that is Read says.
    private string? Text(string field)
    {
        try
        {
            return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
