namespace Gateway.Core.Workloads;

/// <summary>A workload as it is: what was asked for, and what became of it.</summary>
public sealed record Workload
{
    /// <summary>The project.</summary>
    public required string Project { get; init; }

    /// <summary>The project's namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>`train` or `build`.</summary>
    public required string Type { get; init; }

    /// <summary>The uid of its Job or StatefulSet: another attempt of the same name has another. Absent in a dry run.</summary>
    public string? Uid { get; init; }

    /// <summary>The person shown as its owner.</summary>
    public string? User { get; init; }

    /// <summary>The caller who submitted it; absent where the gateway did not make it.</summary>
    public string? SubmittedBy { get; init; }

    /// <summary>The container image.</summary>
    public string? Image { get; init; }

    /// <summary>The GPUs of each pod.</summary>
    public GpuRequest? Gpu { get; init; }

    /// <summary>When and where its pods run, defaults included; what is absent is the scheduler's choice.</summary>
    public SchedulingRequest? Scheduling { get; init; }

    /// <summary>The command; the image's own when absent.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>The arguments; the image's own when absent.</summary>
    public IReadOnlyList<string>? Args { get; init; }

    /// <summary>The labels that are the caller's own.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The annotations that are the caller's own.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>How its ports are reached from elsewhere.</summary>
    public IReadOnlyList<WorkloadEndpoint> Endpoints { get; init; } = [];

    /// <summary>The claims that it mounts.</summary>
    public IReadOnlyList<WorkloadClaim> Claims { get; init; } = [];

    /// <summary>When it was submitted. Absent in a dry run.</summary>
    public DateTime? CreatedAt { get; init; }

    /// <summary>When a container of the current run first started.</summary>
    public DateTime? StartedAt { get; init; }

    /// <summary>When it was completed or had failed.</summary>
    public DateTime? CompletedAt { get; init; }

    /// <summary>Where it stands. New values may come.</summary>
    public required string Phase { get; init; }

    /// <summary>Why it is in that phase, where something explains it.</summary>
    public Reason? Reason { get; init; }

    /// <summary>How the container ended that ended last by itself. It stays when its pod goes, where the gateway has seen it: no restart of the gateway is outlived.</summary>
    public LastEnd? LastEnd { get; init; }

    /// <summary>Of a train: how often it failed, and how often it may.</summary>
    public Attempts? Attempts { get; init; }

    /// <summary>Its pods.</summary>
    public IReadOnlyList<PodStatus> Pods { get; init; } = [];

    /// <summary>The controller that owns it, such as `CronJob/nightly`: it can only be deleted there.</summary>
    public string? ManagedBy { get; init; }

    /// <summary>How far its deletion is.</summary>
    public Deletion? Deletion { get; init; }

    /// <summary>Where to read more.</summary>
    public required WorkloadLinks Links { get; init; }

    /// <summary>In a dry run: the object as it would be created.</summary>
    public object? Manifest { get; init; }
}

/// <summary>Addresses of a workload, relative to the gateway's own.</summary>
public sealed record WorkloadLinks
{
    /// <summary>The workload.</summary>
    public required string Self { get; init; }

    /// <summary>The object that runs it, as `kubectl apply` takes it.</summary>
    public required string Manifest { get; init; }

    /// <summary>What its newest pod writes.</summary>
    public required string Logs { get; init; }

    /// <summary>What happened to it.</summary>
    public required string Events { get; init; }
}

/// <summary>One page of a list of workloads.</summary>
public sealed record WorkloadPage
{
    /// <summary>The workloads of this page.</summary>
    public required IReadOnlyList<Workload> Items { get; init; }

    /// <summary>What to send as `continue` for the next page; absent on the last one.</summary>
    public string? Continue { get; init; }

    /// <summary>How many workloads match, on all pages together.</summary>
    public required int Total { get; init; }
}
