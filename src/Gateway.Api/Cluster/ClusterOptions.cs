namespace Gateway.Api.Cluster;

/// <summary>Which cluster the gateway works on.</summary>
internal sealed class ClusterOptions
{
    public const string Section = "Cluster";

    /// <summary>How the cluster is found.</summary>
    public ClusterMode Mode { get; set; } = ClusterMode.Auto;

    /// <summary>With `Kubeconfig`: the file; the standard place when left out.</summary>
    public string? Kubeconfig { get; set; }

    /// <summary>With `Kubeconfig`: the context; the file's current one when left out.</summary>
    public string? Context { get; set; }

    /// <summary>How long one call to the cluster may take, its answer included. The server itself gives up a write after 34 s.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(40);

    /// <summary>How long a connection to the cluster may take to come about, TLS included.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>How many operations may work on the cluster at a time; those that only read are counted by themselves.</summary>
    public OperationLimits Operations { get; set; } = new();
}

/// <summary>How many operations, such as a submission with all its calls, may work on the cluster at a time.</summary>
internal sealed class OperationLimits
{
    /// <summary>For one project, so that a slow one keeps no other waiting. One caller has half of them at most.</summary>
    public int PerProject { get; set; } = 32;

    /// <summary>For all projects together.</summary>
    public int Total { get; set; } = 512;

    /// <summary>How many more of each caller in a project may wait for their turn; beyond that 429.</summary>
    public int Waiting { get; set; } = 256;
}

/// <summary>How the cluster is found.</summary>
internal enum ClusterMode
{
    /// <summary>In a pod the cluster it runs in, elsewhere the embedded cluster.</summary>
    Auto,

    /// <summary>The cluster whose pod this is.</summary>
    InCluster,

    /// <summary>The cluster that a kubeconfig names.</summary>
    Kubeconfig,

    /// <summary>A cluster of its own, in memory.</summary>
    Embedded,
}
