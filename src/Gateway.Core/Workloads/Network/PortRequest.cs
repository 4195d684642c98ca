using System.ComponentModel.DataAnnotations;

namespace Gateway.Core.Workloads;

/// <summary>A port that the container listens on.</summary>
public sealed record PortRequest
{
    /// <summary>The port, 1 to 65535, unique with its protocol.</summary>
    /// <example>8888</example>
    public int? Port { get; init; }

    /// <summary>A name, unique in the submission: at most 15 lower-case letters, digits and `-`, one letter at least. `port-` and the port when left out.</summary>
    [MaxLength(15)]
    public string? Name { get; init; }

    /// <summary>`TCP` (also when left out), `UDP` or `SCTP`.</summary>
    public string? Protocol { get; init; }

    /// <summary>With `expose` `NodePort`: the port of the nodes, 30000 to 32767; the cluster chooses when left out.</summary>
    public int? NodePort { get; init; }
}

/// <summary>How ports are reached from elsewhere.</summary>
public static class Exposure
{
    /// <summary>Within the cluster.</summary>
    public const string ClusterIp = "ClusterIP";
    /// <summary>At a port of every node.</summary>
    public const string NodePort = "NodePort";
    /// <summary>At an address of its own.</summary>
    public const string LoadBalancer = "LoadBalancer";
    /// <summary>By a host name, over HTTP.</summary>
    public const string Ingress = "Ingress";

    /// <summary>Every way there is.</summary>
    public static IReadOnlyList<string> All { get; } = [ClusterIp, NodePort, LoadBalancer, Ingress];
}
