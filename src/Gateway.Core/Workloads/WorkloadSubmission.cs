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

    /// <summary>
    /// Instead of `name`: what the name begins with. A `-` and a short suffix follow, which is the same for the same `Idempotency-Key`.
    /// </summary>
    /// <example>sweep</example>
    public string? NamePrefix { get; init; }

    /// <summary>The person to show as its owner: any text of up to 253 characters. The caller when left out.</summary>
    /// <example>jane</example>
    public string? User { get; init; }

    /// <summary>The container image: a legal image reference.</summary>
    /// <example>gcr.io/run-ai-demo/quickstart</example>
    public string? Image { get; init; }

    /// <summary>When the image is pulled: `Always`, `IfNotPresent` or `Never`. Kubernetes' own choice when left out.</summary>
    public string? ImagePullPolicy { get; init; }

    /// <summary>Secrets in the project's namespace that open the image's registry.</summary>
    public IReadOnlyList<string> ImagePullSecrets { get; init => field = value ?? []; } = [];

    /// <summary>What to run instead of the image's entry point, one array item a word. A build with neither `command` nor `args` runs `sleep infinity`.</summary>
    public IReadOnlyList<string> Command { get; init => field = value ?? []; } = [];

    /// <summary>The arguments of the command, one array item a word.</summary>
    public IReadOnlyList<string> Args { get; init => field = value ?? []; } = [];

    /// <summary>The directory in which the command starts: an absolute path.</summary>
    public string? WorkingDir { get; init; }

    /// <summary>Whether the container has an open standard input.</summary>
    public bool? Stdin { get; init; }

    /// <summary>Whether the container has a terminal; it takes `stdin`.</summary>
    public bool? Tty { get; init; }

    /// <summary>Environment variables. Some names are the scheduler's own, and refused.</summary>
    public IReadOnlyList<EnvironmentVariable> Env { get; init => field = value ?? []; } = [];

    /// <summary>Environment variables from all keys of Secrets or ConfigMaps.</summary>
    public IReadOnlyList<EnvironmentSource> EnvFrom { get; init => field = value ?? []; } = [];

    /// <summary>The GPUs of each pod. No GPU when left out.</summary>
    public GpuRequest? Gpu { get; init; }

    /// <summary>The processor cores of each pod.</summary>
    public ResourceRange? Cpu { get; init; }

    /// <summary>The memory of each pod's container. GPU memory is `gpu.memory`.</summary>
    public ResourceRange? Memory { get; init; }

    /// <summary>The disk of its node that each pod may fill.</summary>
    public ResourceRange? EphemeralStorage { get; init; }

    /// <summary>Other devices of each pod, by resource name: whole numbers, such as `{"rdma/hca": 1}`. Not `nvidia.com/…`: use `gpu`.</summary>
    public IReadOnlyDictionary<string, long> ExtendedResources { get; init => field = value ?? new Dictionary<string, long>(); } = new Dictionary<string, long>();

    /// <summary>Shared memory at `/dev/shm`, which data loaders of several processes need.</summary>
    public SharedMemoryRequest? SharedMemory { get; init; }

    /// <summary>Files that the container sees.</summary>
    public IReadOnlyList<VolumeRequest> Volumes { get; init => field = value ?? []; } = [];

    /// <summary>Whether an empty home directory is made at `/home/workload`, for as long as the pod lives, and `HOME` set to it.</summary>
    public bool? CreateHomeDirectory { get; init; }

    /// <summary>The ports that the container listens on.</summary>
    public IReadOnlyList<PortRequest> Ports { get; init => field = value ?? []; } = [];

    /// <summary>How the ports are reached from elsewhere: `ClusterIP`, `NodePort`, `LoadBalancer` or `Ingress`. Not at all when left out.</summary>
    public string? Expose { get; init; }

    /// <summary>As whom the pods run, and what they may do on their node.</summary>
    public SecurityRequest? Security { get; init; }

    /// <summary>How it is found out whether a pod is ready. It is once it runs, when left out.</summary>
    public ReadinessProbe? ReadinessProbe { get; init; }

    /// <summary>Seconds that a pod gets to end by itself when it is stopped, 0 or more; 30 when left out.</summary>
    public long? TerminationGracePeriodSeconds { get; init; }

    /// <summary>Of a build: how many pods, 1 or more. 1 when left out.</summary>
    public int? Replicas { get; init; }

    /// <summary>Of a train: how many pods have to succeed, 1 or more. 1 when left out.</summary>
    public int? Completions { get; init; }

    /// <summary>Of a train: how many pods run at a time, 1 or more, at most `completions`. 1 when left out.</summary>
    public int? Parallelism { get; init; }

    /// <summary>Of a train with `completions`: whether each pod has a number of its own, in `JOB_COMPLETION_INDEX`.</summary>
    public bool? Indexed { get; init; }

    /// <summary>Of a train: how many pods may fail before it does, 0 or more. 6 when left out. Where the scheduler may stop the train, its Job has room for preemptions beside.</summary>
    public int? BackoffLimit { get; init; }

    /// <summary>Of an indexed train: how often the pods of one index may fail, 0 or more. Preemptions have room beside, as with `backoffLimit`.</summary>
    public int? BackoffLimitPerIndex { get; init; }

    /// <summary>With `backoffLimitPerIndex`: how many indexes may fail before the train does, at most `completions`.</summary>
    public int? MaxFailedIndexes { get; init; }

    /// <summary>Of a train: `Never` (also when left out) makes a new pod after a failure, `OnFailure` starts the container again in its pod.</summary>
    public string? RestartPolicy { get; init; }

    /// <summary>Of a train: seconds after its end until it is deleted with its logs, 0 or more. It is kept when left out.</summary>
    public int? TtlSecondsAfterFinished { get; init; }

    /// <summary>Of a train: seconds from its creation, waiting included, after which it fails; 1 or more.</summary>
    public long? DeadlineSeconds { get; init; }

    /// <summary>Of a train: seconds that one attempt may run, waiting not included; 1 or more. Running out counts against `backoffLimit`.</summary>
    public long? TimeLimitSeconds { get; init; }

    /// <summary>Of a train: whether it waits until it is resumed.</summary>
    public bool? Suspended { get; init; }

    /// <summary>Labels of the object and its pods, beside those of the gateway and the scheduler.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    /// <summary>Annotations of the object and its pods, beside those of the gateway and the scheduler.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    /// <summary>When and where the scheduler runs the pods.</summary>
    public SchedulingRequest? Scheduling { get; init; }

    /// <summary>
    /// Of a train: how many pods must have room before any of them starts; at most `parallelism`. 1 when left out.
    /// </summary>
    /// <example>1</example>
    public int? MinMembers { get; init; }
}
