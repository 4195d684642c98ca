using Gateway.Embedded.Scheduler;

namespace Gateway.Embedded;

/// <summary>What an embedded cluster is made of.</summary>
public sealed record EmbeddedClusterOptions
{
    /// <summary>Where it listens; port 0 takes a free one.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:0";

    /// <summary>The bearer token that may do everything.</summary>
    public string AdminToken { get; init; } = "admin-token";

    /// <summary>The clock of everything that happens in the cluster.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The projects it begins with: each a namespace <c>runai-&lt;name&gt;</c> with a service account for the gateway.</summary>
    public IReadOnlyList<string> Projects { get; init; } = ["team-a", "team-b"];

    /// <summary>Its nodes; without any, every pod stays Pending.</summary>
    public IReadOnlyList<EmbeddedNode> Nodes { get; init; } = [new() { Name = "node-1" }, new() { Name = "node-2" }];

    /// <summary>Whether Jobs and StatefulSets make pods; without, they stay as they were written.</summary>
    public bool MakesPods { get; init; } = true;

    /// <summary>Whether the admin may plan faults over HTTP, under <c>/embedded</c>.</summary>
    public bool FaultsOverHttp { get; init; }

    /// <summary>Is told of every request that somebody known made, allowed or not.</summary>
    public Action<ClusterAccess>? AccessLog { get; init; }

    /// <summary>How many changes of a kind are remembered for watches; a watch from before them is told that its version is gone.</summary>
    public int History { get; init; } = 10_000;
}
