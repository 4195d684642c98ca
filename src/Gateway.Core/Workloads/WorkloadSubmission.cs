namespace Gateway.Core.Workloads;

/// <summary>What a caller asks for: one train or one build.</summary>
public sealed record WorkloadSubmission
{
    /// <summary>`train` has an end and becomes a Job; `build` is interactive, runs until stopped and becomes a StatefulSet.</summary>
    /// <example>train</example>
    public string? Type { get; init; }

    /// <summary>
    /// The name, free in the project across both types: lower-case letters, digits and `-`, beginning with a letter and
    /// ending with a letter or digit. At most 63 characters for a train, 52 for a build.
    /// </summary>
    /// <example>resnet-50</example>
    public string? Name { get; init; }

    /// <summary>The person to show as its owner: any text of up to 253 characters. The caller when left out.</summary>
    /// <example>jane</example>
    public string? User { get; init; }

    /// <summary>The container image: a legal image reference.</summary>
    /// <example>gcr.io/run-ai-demo/quickstart</example>
    public string? Image { get; init; }

    /// <summary>What to run instead of the image's entry point, one array item a word. A build with neither `command` nor `args` runs `sleep infinity`.</summary>
    public IReadOnlyList<string> Command { get; init => field = value ?? []; } = [];

    /// <summary>The arguments of the command, one array item a word.</summary>
    public IReadOnlyList<string> Args { get; init => field = value ?? []; } = [];

    /// <summary>The GPUs of each pod. No GPU when left out.</summary>
    public GpuRequest? Gpu { get; init; }

    /// <summary>When and where the scheduler runs the pods.</summary>
    public SchedulingRequest? Scheduling { get; init; }

    /// <summary>
    /// Of a train: how many pods must have room before any of them starts; at most `parallelism`. 1 when left out.
    /// </summary>
    /// <example>1</example>
    public int? MinMembers { get; init; }
}
