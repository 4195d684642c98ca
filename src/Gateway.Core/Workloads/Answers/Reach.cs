namespace Gateway.Core.Workloads;

/// <summary>A claim that a workload mounts.</summary>
public sealed record WorkloadClaim
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it stays when the workload goes.</summary>
    public required bool Kept { get; init; }
}

/// <summary>How one port of a workload is reached.</summary>
public sealed record WorkloadEndpoint
{
    /// <summary>The port that the container listens on.</summary>
    public required int Port { get; init; }

    /// <summary>`ClusterIP`, `NodePort`, `LoadBalancer` or `Ingress`.</summary>
    public required string Expose { get; init; }

    /// <summary>The host: within the cluster the Service's name, with `Ingress` the one that the operator's template makes.</summary>
    public string? Host { get; init; }

    /// <summary>With `NodePort`: the port of every node, where the submission asked for one.</summary>
    public int? NodePort { get; init; }

    /// <summary>With `Ingress`: the address for a browser.</summary>
    public string? Url { get; init; }
}
