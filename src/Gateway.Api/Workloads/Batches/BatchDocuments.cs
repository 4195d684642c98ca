using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Gateway.Api.Errors;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads.Batches;

/// <summary>Many submissions at once.</summary>
internal sealed record BatchRequest
{
    public const string BestEffort = "bestEffort";
    public const string ValidateFirst = "validateFirst";

    [Description("`bestEffort` takes what can be taken. `validateFirst` tries everything before, and takes nothing where one item is refused.")]
    public string? Mode { get; init; }

    [Description("Up to 1,000 submissions. Each may have an `idempotencyKey` of its own.")]
    [MaxLength(BatchHandlers.Most)]
    public IReadOnlyList<JsonElement>? Items { get; init; }
}

/// <summary>What became of many submissions.</summary>
internal sealed record BatchAnswer
{
    [Description("One result for each item, in the order of the request.")]
    public required IReadOnlyList<BatchResult> Items { get; init; }
}

/// <summary>What became of one of many submissions.</summary>
internal sealed record BatchResult
{
    [Description("The item's place in the request, from 0.")]
    public required int Index { get; init; }

    [Description("The status that the submission would have had by itself: 201, 200 where its key was seen before, or an error's.")]
    public required int Status { get; init; }

    [Description("The workload, where there is one.")]
    public Workload? Workload { get; init; }

    [Description("Why it was refused.")]
    public ProblemDocument? Problem { get; init; }
}

/// <summary>Many workloads to be deleted: by name, or by filter.</summary>
internal sealed record BatchDeleteRequest
{
    [Description("Up to 1,000 names.")]
    [MaxLength(BatchHandlers.Most)]
    public IReadOnlyList<string>? Names { get; init; }

    [Description("All that match; at least one criterion.")]
    public BatchFilter? Filter { get; init; }

    [Description("With `filter`: how many workloads it has to match. Where it is another number nothing is deleted.")]
    public int? Expected { get; init; }

    [Description("With `filter`: also what the gateway did not make.")]
    public bool? IncludeForeign { get; init; }
}

/// <summary>Which workloads to delete: those that match every criterion that is given.</summary>
internal sealed record BatchFilter
{
    [Description("Of this type: `train` or `build`.")]
    public string? Type { get; init; }

    [Description("In one of these phases.")]
    [MaxLength(20)]
    public IReadOnlyList<string>? Phase { get; init; }

    [Description("Of this user.")]
    public string? User { get; init; }

    [Description("Whose names contain this.")]
    public string? Search { get; init; }

    [Description("Whose labels match, in the syntax of `kubectl get -l`.")]
    [MaxLength(1000)]
    public string? LabelSelector { get; init; }
}

/// <summary>What became of many deletions.</summary>
internal sealed record BatchDeleteAnswer
{
    [Description("One result for each workload: by name in the order of the request, by filter in order of name.")]
    public required IReadOnlyList<BatchDeleteResult> Items { get; init; }
}

/// <summary>What became of one of many deletions.</summary>
internal sealed record BatchDeleteResult
{
    [Description("The workload's name.")]
    public required string Name { get; init; }

    [Description("The status that the deletion would have had by itself: 202, or an error's; 200 in a dry run.")]
    public required int Status { get; init; }

    [Description("Its uid, where it was found.")]
    public string? Uid { get; init; }

    [Description("Why it was refused.")]
    public ProblemDocument? Problem { get; init; }
}
