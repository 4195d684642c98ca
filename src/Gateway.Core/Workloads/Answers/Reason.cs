namespace Gateway.Core.Workloads;

/// <summary>Why a workload or a pod is where it is.</summary>
public sealed record Reason
{
    /// <summary>A stable word to decide by, such as `ImageCannotBePulled`. New ones may come.</summary>
    public required string Code { get; init; }

    /// <summary>The same in a sentence for people.</summary>
    public required string Message { get; init; }

    /// <summary>Since when, as far as the cluster tells.</summary>
    public DateTime? Since { get; init; }

    /// <summary>The object that shows it, such as `Pod/notebook-1-0`.</summary>
    public required string Source { get; init; }
}
