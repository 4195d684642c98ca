using Gateway.Embedded.Store;

namespace Gateway.Embedded.Objects;

/// <summary>How an object is to be deleted; without a policy, as its kind is by default.</summary>
internal sealed record DeleteOptions
{
    public string? PropagationPolicy { get; init; }
    public long? GracePeriodSeconds { get; init; }
    public string? Uid { get; init; }
    public string? ResourceVersion { get; init; }
    public bool DryRun { get; init; }

    public static readonly DeleteOptions Background = new() { PropagationPolicy = "Background" };
}

/// <summary>What became of a delete: the object, and whether it is gone already.</summary>
internal sealed record Deleted(StoredObject Object, bool Gone);
