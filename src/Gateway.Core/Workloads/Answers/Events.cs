using System.Text.Json.Serialization;

namespace Gateway.Core.Workloads;

/// <summary>What happened to a workload, as far as the cluster still knows.</summary>
public sealed record EventPage
{
    /// <summary>The events, the newest last.</summary>
    public required IReadOnlyList<WorkloadEvent> Items { get; init; }
}

/// <summary>Something that happened to a workload, a pod of it, or its pod group.</summary>
public sealed record WorkloadEvent
{
    /// <summary>`Normal` or `Warning`.</summary>
    public required string Type { get; init; }

    /// <summary>The cluster's word for it, such as `FailedScheduling`.</summary>
    public required string Reason { get; init; }

    /// <summary>The same in a sentence of the cluster's, without environment values.</summary>
    public required string Message { get; init; }

    /// <summary>How often it happened.</summary>
    public required int Count { get; init; }

    /// <summary>When it first happened.</summary>
    public DateTime? FirstSeen { get; init; }

    /// <summary>When it last happened.</summary>
    public required DateTime LastSeen { get; init; }

    /// <summary>What it happened to.</summary>
    [JsonPropertyName("object")]
    public required EventObject About { get; init; }

    /// <summary>Who tells of it, such as `kubelet`.</summary>
    public required string Source { get; init; }
}

/// <summary>The object that something happened to.</summary>
public sealed record EventObject
{
    /// <summary>Its kind, such as `Pod`.</summary>
    public required string Kind { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }
}
