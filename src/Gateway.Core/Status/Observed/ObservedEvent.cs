using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace Gateway.Core.Status;

/// <summary>An event with no more members than are told of it or read from it, under their names in core/v1: see <see cref="ObservedPod"/>.</summary>
public sealed record ObservedEvent : IKubernetesObject<V1ObjectMeta>
{
    /// <summary>`v1`.</summary>
    [JsonIgnore]
    public string ApiVersion { get; set; } = Corev1Event.KubeApiVersion;

    /// <summary>`Event`.</summary>
    [JsonIgnore]
    public string Kind { get; set; } = Corev1Event.KubeKind;

    /// <summary>Its name, versions and annotations.</summary>
    public V1ObjectMeta Metadata { get; set => field = value.ToObserved(); } = new();

    /// <summary>What it is about.</summary>
    public V1ObjectReference InvolvedObject { get; init => field = value ?? new(); } = new();

    /// <summary>`Normal` or `Warning`.</summary>
    public string? Type { get; init; }

    /// <summary>What happened, in a word.</summary>
    public string? Reason { get; init; }

    /// <summary>What happened, in a sentence.</summary>
    public string? Message { get; init; }

    /// <summary>How often, where it is counted here.</summary>
    public int? Count { get; init; }

    /// <summary>When it happened first.</summary>
    public DateTime? FirstTimestamp { get; init; }

    /// <summary>When it happened last.</summary>
    public DateTime? LastTimestamp { get; init; }

    /// <summary>When it happened first, of the newer kind of event.</summary>
    public DateTime? EventTime { get; init; }

    /// <summary>How often and when last, of the newer kind of event.</summary>
    public ObservedSeries? Series { get; init; }

    /// <summary>Who tells of it.</summary>
    public ObservedEventSource? Source { get; init; }

    /// <summary>Who tells of it, of the newer kind of event.</summary>
    public string? ReportingComponent { get; init; }

    /// <summary>An event as it was read elsewhere.</summary>
    public static ObservedEvent Of(Corev1Event happened) => KubernetesJson.Deserialize<ObservedEvent>(KubernetesJson.Serialize(happened));
}

/// <summary>An event that happened again and again.</summary>
public sealed record ObservedSeries
{
    /// <summary>How often.</summary>
    public int? Count { get; init; }

    /// <summary>When last.</summary>
    public DateTime? LastObservedTime { get; init; }
}

/// <summary>Who tells of an event.</summary>
public sealed record ObservedEventSource
{
    /// <summary>Such as `kubelet`.</summary>
    public string? Component { get; init; }
}
