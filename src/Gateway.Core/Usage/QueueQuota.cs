namespace Gateway.Core.Usage;

/// <summary>The scheduler's Queue (`scheduling.run.ai/v2`): only the GPUs that it guarantees.</summary>
public sealed record QueueQuota
{
    /// <summary>The group of the API that it belongs to.</summary>
    public const string Group = "scheduling.run.ai";

    /// <summary>The version of that group.</summary>
    public const string Version = "v2";

    /// <summary>Its name in paths.</summary>
    public const string Plural = "queues";

    /// <summary>What it grants.</summary>
    public QueueSpec? Spec { get; init; }

    /// <summary>The GPUs that it guarantees; null where it says nothing, or sets no bound by a number below 0.</summary>
    public decimal? Gpus => Spec?.Resources?.Gpu?.Quota is >= 0 and < int.MaxValue and var quota ? (decimal)quota : null;
}

/// <summary>What a queue grants.</summary>
public sealed record QueueSpec
{
    /// <summary>By resource.</summary>
    public QueueResources? Resources { get; init; }
}

/// <summary>What a queue grants, by resource.</summary>
public sealed record QueueResources
{
    /// <summary>Of GPUs.</summary>
    public QueueResource? Gpu { get; init; }
}

/// <summary>What a queue grants of one resource.</summary>
public sealed record QueueResource
{
    /// <summary>How much it guarantees; below 0 there is no bound.</summary>
    public double? Quota { get; init; }
}
