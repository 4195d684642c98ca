using System.ComponentModel.DataAnnotations;

namespace Gateway.Core.Workloads;

/// <summary>How it is found out whether a pod is ready, as in core/v1: exactly one of `httpGet`, `tcpSocket` and `exec`.</summary>
public sealed record ReadinessProbe
{
    /// <summary>An HTTP request that is answered with 200 to 399.</summary>
    public HttpGetProbe? HttpGet { get; init; }

    /// <summary>A TCP port that takes a connection.</summary>
    public TcpSocketProbe? TcpSocket { get; init; }

    /// <summary>A command in the container that ends with 0.</summary>
    public ExecProbe? Exec { get; init; }

    /// <summary>Seconds from the container's start to the first probe, 0 or more; 0 when left out.</summary>
    public int? InitialDelaySeconds { get; init; }

    /// <summary>Seconds between probes, 1 or more; 10 when left out.</summary>
    public int? PeriodSeconds { get; init; }

    /// <summary>Seconds that a probe may take, 1 or more; 1 when left out.</summary>
    public int? TimeoutSeconds { get; init; }

    /// <summary>Successes in a row that make it ready, 1 or more; 1 when left out.</summary>
    public int? SuccessThreshold { get; init; }

    /// <summary>Failures in a row that make it not ready, 1 or more; 3 when left out.</summary>
    public int? FailureThreshold { get; init; }
}

/// <summary>An HTTP request to the pod.</summary>
public sealed record HttpGetProbe
{
    /// <summary>The path; `/` when left out.</summary>
    [MaxLength(1024)]
    public string? Path { get; init; }

    /// <summary>The port, 1 to 65535.</summary>
    public int? Port { get; init; }

    /// <summary>`HTTP` (also when left out) or `HTTPS`.</summary>
    public string? Scheme { get; init; }
}

/// <summary>A connection to the pod.</summary>
public sealed record TcpSocketProbe
{
    /// <summary>The port, 1 to 65535.</summary>
    public int? Port { get; init; }
}

/// <summary>A command in the container.</summary>
public sealed record ExecProbe
{
    /// <summary>The command, one array item a word.</summary>
    [MaxLength(100)]
    [MaxItemLength(131_071)]
    public IReadOnlyList<string> Command { get; init => field = value ?? []; } = [];
}
