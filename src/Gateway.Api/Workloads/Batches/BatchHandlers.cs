using System.ComponentModel;
using Gateway.Api.Errors;
using Gateway.Api.Projects;
using Gateway.Core.Workloads;
using Microsoft.AspNetCore.Mvc;

namespace Gateway.Api.Workloads.Batches;

/// <summary>What submits and deletes many workloads at once.</summary>
internal static class BatchHandlers
{
    /// <summary>How many workloads one request may name.</summary>
    public const int Most = 1000;

    public static async Task<IResult> SubmitBatch(
        ProjectAccess access,
        BatchRequest batch,
        [FromHeader(Name = "Idempotency-Key")][Description("Stands for a key of its own, made of this one and the item's index, for each item that has none.")] string? idempotencyKey,
        HttpContext context,
        BatchSubmissions submissions)
    {
        if (batch.Mode is not (BatchRequest.BestEffort or BatchRequest.ValidateFirst))
            throw Query.Refuse("mode", $"must be {BatchRequest.BestEffort} or {BatchRequest.ValidateFirst}");
        if (batch.Items is not { Count: > 0 and <= Most })
            throw Query.Refuse("items", $"must be an array of 1 to {Most} submissions");
        var key = IdempotencyKeys.Read(idempotencyKey, "Idempotency-Key");
        var items = batch.Items.Select((json, index) => BatchItem.Read(json, index, key)).ToList();
        if (batch.Mode == BatchRequest.ValidateFirst && await submissions.TryAsync(access, items, context) is { Count: > 0 } wrong)
            throw Refuse(wrong, items.Count);
        return Results.Json(new BatchAnswer { Items = await submissions.SubmitAsync(access, items, context) }, WorkloadJson.Options);
    }

    public static async Task<IResult> DeleteBatch(
        ProjectAccess access,
        BatchDeleteRequest batch,
        [FromQuery(Name = "dryRun")][Description("With `true` nothing is deleted: the answer says what would be.")] bool? dryRun,
        HttpContext context,
        BatchDeletions deletions)
    {
        if (batch.Names is not null == batch.Filter is not null)
            throw Query.Refuse("names", "or filter must be given, and not both");
        if (batch.Names is { } names && (names.Count is 0 or > Most || names.Any(name => name is null)))
            throw Query.Refuse("names", $"must be an array of 1 to {Most} names");
        if (batch.Names is not null && (batch.Expected is not null || batch.IncludeForeign is not null))
            throw Query.Refuse(batch.Expected is not null ? "expected" : "includeForeign", "goes with filter");
        var meant = batch.Names is { } all
            ? all.Distinct(StringComparer.Ordinal).Select(name => new WorkloadAddress { Name = name }).ToList()
            : await deletions.FindAsync(access, batch, dryRun == true, context.RequestAborted);
        return Results.Json(new BatchDeleteAnswer { Items = await deletions.DeleteAsync(access, meant, dryRun == true, context) }, WorkloadJson.Options);
    }

    // What passes by itself is no fault of an item.
    private static ProblemException Refuse(IReadOnlyDictionary<int, Problem> wrong, int items) =>
        new(wrong.Where(item => item.Value.Type.Retryable).Select(item => item.Value with { Errors = item.Value.Errors is null ? null : ByPath([item]) }).FirstOrDefault()
            ?? ProblemTypes.InvalidWorkload.With($"{wrong.Count} of {items} items are refused, so this request stores nothing.") with { Errors = ByPath(wrong) });

    private static Dictionary<string, string[]> ByPath(IEnumerable<KeyValuePair<int, Problem>> wrong) => wrong
        .SelectMany(item => item.Value.Errors?.Select(error => ($"items[{item.Key}].{error.Key}", error.Value)) ?? [($"items[{item.Key}]", new[] { item.Value.Detail })])
        .ToDictionary(error => error.Item1, error => error.Item2);
}
