using k8s.Models;

namespace Gateway.Core.Status;

/// <summary>A container as its pod asks for it.</summary>
public sealed record ObservedContainer
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its image.</summary>
    public string Image { get; init; } = "";

    /// <summary>What it may use.</summary>
    public ObservedResources? Resources { get; init; }

    /// <summary>There where it counts as started only once a probe succeeded.</summary>
    public ObservedProbe? StartupProbe { get; init; }

    /// <summary>There where it counts as ready only while a probe succeeds.</summary>
    public ObservedProbe? ReadinessProbe { get; init; }
}

/// <summary>What a container may use.</summary>
public sealed record ObservedResources
{
    /// <summary>By resource, the most that it gets.</summary>
    public IReadOnlyDictionary<string, ResourceQuantity> Limits { get; init => field = value ?? NoLimits; } = NoLimits;

    private static IReadOnlyDictionary<string, ResourceQuantity> NoLimits { get; } = new Dictionary<string, ResourceQuantity>();
}

/// <summary>A probe: that there is one is all that matters.</summary>
public sealed record ObservedProbe;

/// <summary>A container as its node says that it is.</summary>
public sealed record ObservedContainerStatus
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its image, as the node calls it.</summary>
    public string Image { get; init; } = "";

    /// <summary>Whether it is ready.</summary>
    public bool Ready { get; init; }

    /// <summary>How often it was started again.</summary>
    public int RestartCount { get; init; }

    /// <summary>How it is now.</summary>
    public ObservedContainerState? State { get; init; }

    /// <summary>How its run before this one ended.</summary>
    public ObservedContainerState? LastState { get; init; }

    /// <summary>The name of the run: see <see cref="ContainerRun"/>.</summary>
    public string? ContainerID { get; init => field = ContainerRun.NameOf(value); }
}

/// <summary>How a container is: one of these.</summary>
public sealed record ObservedContainerState
{
    /// <summary>It does not run yet.</summary>
    public ObservedWait? Waiting { get; init; }

    /// <summary>It runs.</summary>
    public ObservedRun? Running { get; init; }

    /// <summary>It has ended.</summary>
    public ObservedEnd? Terminated { get; init; }
}

/// <summary>Why a container does not run yet.</summary>
public sealed record ObservedWait
{
    /// <summary>In a word, such as `ImagePullBackOff`.</summary>
    public string? Reason { get; init; }

    /// <summary>In a sentence.</summary>
    public string? Message { get; init; }
}

/// <summary>A container's run.</summary>
public sealed record ObservedRun
{
    /// <summary>When it began.</summary>
    public DateTime? StartedAt { get; init; }
}

/// <summary>A container's end.</summary>
public sealed record ObservedEnd
{
    /// <summary>How it ended: 0 is success.</summary>
    public int ExitCode { get; init; }

    /// <summary>Why, in the node's word, such as `OOMKilled`.</summary>
    public string? Reason { get; init; }

    /// <summary>What the container wrote as its termination message, or what its runtime says.</summary>
    public string? Message { get; init; }

    /// <summary>When it began.</summary>
    public DateTime? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTime? FinishedAt { get; init; }

    /// <summary>The name of the run: see <see cref="ContainerRun"/>.</summary>
    public string? ContainerID { get; init => field = ContainerRun.NameOf(value); }
}
