namespace Gateway.Core.Status;

/// <summary>The phases of a workload. New ones may come, so they are text and not an enumeration.</summary>
public static class Phase
{
    /// <summary>Accepted, and no pod is there yet.</summary>
    public const string Creating = "Creating";

    /// <summary>Pods wait for a node.</summary>
    public const string Pending = "Pending";

    /// <summary>Every pod has a node; images, volumes and containers are being made ready.</summary>
    public const string Initializing = "Initializing";

    /// <summary>It runs, tries again after a failure, or is just ending.</summary>
    public const string Running = "Running";

    /// <summary>A build that ran, and of which a part or all does not run now.</summary>
    public const string Degraded = "Degraded";

    /// <summary>To be suspended; its pods are ending.</summary>
    public const string Suspending = "Suspending";

    /// <summary>Suspended: it holds no node until it is resumed.</summary>
    public const string Suspended = "Suspended";

    /// <summary>Resumed, and no new pod is there yet.</summary>
    public const string Resuming = "Resuming";

    /// <summary>A train that ended well.</summary>
    public const string Completed = "Completed";

    /// <summary>A train that was given up.</summary>
    public const string Failed = "Failed";

    /// <summary>Being deleted.</summary>
    public const string Deleting = "Deleting";

    /// <summary>Not to be told: the nodes of its pods do not answer, or the object cannot be read.</summary>
    public const string Unknown = "Unknown";

    /// <summary>All of them, in the order in which a workload may meet them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Creating, Pending, Initializing, Running, Degraded, Suspending, Suspended, Resuming, Completed, Failed, Deleting, Unknown,
    ];
}
