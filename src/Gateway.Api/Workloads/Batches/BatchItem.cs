using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Api.Errors;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads.Batches;

/// <summary>One of many submissions: what was asked for, under which key, or why it cannot be read.</summary>
internal sealed record BatchItem(int Index, WorkloadSubmission? Submission, string? Key, Problem? Unreadable)
{
    private const string KeyField = "idempotencyKey";

    /// <summary>Items of one name are taken one after another, in their order.</summary>
    public string Group => Submission?.Name ?? $"/{Index}";

    /// <summary>Reads an item. The key of the whole batch, where it has none of its own, stands for one with the item's index.</summary>
    public static BatchItem Read(JsonElement json, int index, string? batchKey)
    {
        try
        {
            if (JsonObject.Create(json) is not { } item)
                return new(index, null, null, ProblemTypes.MalformedRequest.With("An item must be a JSON object."));
            var own = item.TryGetPropertyValue(KeyField, out var given) && given is not null ? given.GetValue<string>() : null;
            item.Remove(KeyField);
            var key = IdempotencyKeys.Read(own ?? (batchKey is null ? null : $"{batchKey}/{index}"), KeyField);
            return new(index, item.Deserialize<WorkloadSubmission>(WorkloadJson.Options), key, null);
        }
        catch (JsonException e)
        {
            return new(index, null, null, RequestProblems.Unreadable(e, typeof(WorkloadSubmission)));
        }
        catch (ProblemException e)
        {
            return new(index, null, null, e.Problem);
        }
        catch (InvalidOperationException)
        {
            return new(index, null, null, Query.Refuse(KeyField, "must be a string, and an item an object").Problem);
        }
    }
}
