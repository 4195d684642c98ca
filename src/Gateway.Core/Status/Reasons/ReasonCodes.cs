namespace Gateway.Core.Status;

/// <summary>Every code that a <see cref="Workloads.Reason"/> may have. A code once published keeps its meaning.</summary>
public static class ReasonCodes
{
    /// <summary>The scheduler waits: the workload is not preemptible and would take its queue over quota.</summary>
    public const string NonPreemptibleOverQuota = "NonPreemptibleOverQuota";

    /// <summary>The scheduler waits: the workload would take its queue over its limit.</summary>
    public const string OverLimit = "OverLimit";

    /// <summary>The scheduler knows no queue of the project's name.</summary>
    public const string QueueDoesNotExist = "QueueDoesNotExist";

    /// <summary>The scheduler waits before it stops others in favour of the workload.</summary>
    public const string PreemptionDelayNotElapsed = "PreemptionDelayNotElapsed";

    /// <summary>No node can take a pod now; the message says what is lacking.</summary>
    public const string Unschedulable = "Unschedulable";

    /// <summary>A pod is held back from scheduling until somebody removes its gate.</summary>
    public const string SchedulingGated = "SchedulingGated";

    /// <summary>A volume claim that a pod uses is missing or has no volume.</summary>
    public const string ClaimUnbound = "ClaimUnbound";

    /// <summary>The cluster refuses to make the pods: a quota, a policy or an admission webhook.</summary>
    public const string PodsRefused = "PodsRefused";

    /// <summary>The cluster has made no pods yet, and nothing says why.</summary>
    public const string AwaitingPods = "AwaitingPods";

    /// <summary>The scheduler has not said anything of the pods yet.</summary>
    public const string AwaitingScheduler = "AwaitingScheduler";

    /// <summary>The image does not exist, may not be pulled, or its registry does not answer.</summary>
    public const string ImageCannotBePulled = "ImageCannotBePulled";

    /// <summary>A Secret, a ConfigMap or a key in one is missing.</summary>
    public const string ConfigMissing = "ConfigMissing";

    /// <summary>A volume cannot be attached or mounted.</summary>
    public const string VolumeNotReady = "VolumeNotReady";

    /// <summary>The container cannot be made or its command cannot be started.</summary>
    public const string ContainerCannotStart = "ContainerCannotStart";

    /// <summary>A container runs and does not say that it is ready.</summary>
    public const string NotReady = "NotReady";

    /// <summary>A container ended with an exit code other than 0; the message has it.</summary>
    public const string NonZeroExit = "NonZeroExit";

    /// <summary>A container used more memory than it may, and was killed.</summary>
    public const string OutOfMemory = "OutOfMemory";

    /// <summary>A container ends again and again, and is started again after growing pauses.</summary>
    public const string CrashLoop = "CrashLoop";

    /// <summary>A container of a build ended well, and is started again.</summary>
    public const string ContainerEnded = "ContainerEnded";

    /// <summary>An attempt ran longer than the submission's `timeLimitSeconds`.</summary>
    public const string TimeLimitExceeded = "TimeLimitExceeded";

    /// <summary>The scheduler stopped a pod in favour of another workload.</summary>
    public const string Preempted = "Preempted";

    /// <summary>A pod was removed from its node: the node lacked something, shut down or was drained.</summary>
    public const string Evicted = "Evicted";

    /// <summary>A node was chosen and then would not take the pod.</summary>
    public const string RefusedByNode = "RefusedByNode";

    /// <summary>The node of a pod does not answer, so whether the pod runs is not known.</summary>
    public const string NodeLost = "NodeLost";

    /// <summary>As many pods succeeded as were asked for.</summary>
    public const string CompletionsReached = "CompletionsReached";

    /// <summary>The train's own rule for success is met.</summary>
    public const string SuccessPolicy = "SuccessPolicy";

    /// <summary>As many attempts failed as may, and none of them is there to say why.</summary>
    public const string BackoffLimitExceeded = "BackoffLimitExceeded";

    /// <summary>The train took longer than its `deadlineSeconds`, waiting included.</summary>
    public const string DeadlineExceeded = "DeadlineExceeded";

    /// <summary>An index of an indexed train failed as often as it may.</summary>
    public const string FailedIndexes = "FailedIndexes";

    /// <summary>More indexes of an indexed train failed than may.</summary>
    public const string MaxFailedIndexesExceeded = "MaxFailedIndexesExceeded";

    /// <summary>The train's own rule for failure is met.</summary>
    public const string PodFailurePolicy = "PodFailurePolicy";

    /// <summary>The workload was suspended, or submitted so.</summary>
    public const string Suspended = "Suspended";

    /// <summary>Pods that were told to go are not gone yet.</summary>
    public const string PodsTerminating = "PodsTerminating";

    /// <summary>The pods are gone, and a finalizer holds the object.</summary>
    public const string FinalizersPending = "FinalizersPending";

    /// <summary>The cluster gives a cause that the gateway has no code for.</summary>
    public const string Unknown = "Unknown";
}
