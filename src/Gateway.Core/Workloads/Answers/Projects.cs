namespace Gateway.Core.Workloads;

/// <summary>A project.</summary>
public sealed record ProjectEntry
{
    /// <summary>The project's name: what stands in addresses.</summary>
    public required string Name { get; init; }

    /// <summary>The project's namespace.</summary>
    public required string Namespace { get; init; }
}

/// <summary>A project, with what it takes of the cluster.</summary>
public sealed record ProjectAnswer
{
    /// <summary>The project's name: what stands in addresses.</summary>
    public required string Name { get; init; }

    /// <summary>The project's namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The GPUs of all its workloads, whoever may read them.</summary>
    public required ProjectGpus Gpus { get; init; }
}

/// <summary>GPUs of a project, in whole GPUs and their fractions. Pods that belong to no workload are not counted.</summary>
public sealed record ProjectGpus
{
    /// <summary>What the pods ask for that the workloads are to have now: none of those that have ended, are deleted or suspended.</summary>
    /// <example>2.5</example>
    public required decimal Requested { get; init; }

    /// <summary>What the pods have asked for that are on a node and have not ended; those that are leaving still count.</summary>
    /// <example>1.5</example>
    public required decimal Allocated { get; init; }

    /// <summary>What the scheduler's queue of the project's name guarantees. Absent where there is no such queue or bound, or the gateway may not read queues.</summary>
    /// <example>8</example>
    public decimal? Quota { get; init; }

    /// <summary>How many pods are in neither figure since they ask for memory of GPUs or for a MIG profile: how much of a GPU that is, the node decides. Absent where there are none.</summary>
    public int? UncountedPods { get; init; }
}

/// <summary>One page of a list of projects.</summary>
public sealed record ProjectPage
{
    /// <summary>The projects of this page, by name.</summary>
    public required IReadOnlyList<ProjectEntry> Items { get; init; }

    /// <summary>What to send as `continue` for the next page; absent on the last one.</summary>
    public string? Continue { get; init; }

    /// <summary>How many projects the caller may read, on all pages together.</summary>
    public required int Total { get; init; }
}

/// <summary>Who the caller is taken for.</summary>
public sealed record CallerAnswer
{
    /// <summary>The username, as RoleBindings name it.</summary>
    public required string Username { get; init; }

    /// <summary>The groups, as RoleBindings name them.</summary>
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>How the gateway knows: `Kubernetes`, `Oidc` or `Anonymous`.</summary>
    public required string Mode { get; init; }

    /// <summary>What the caller may do in the projects that were asked for.</summary>
    public IReadOnlyList<ProjectActions>? Projects { get; init; }
}

/// <summary>What the caller may do in one project.</summary>
public sealed record ProjectActions
{
    /// <summary>The project's name.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// `read`, `submit`, `delete`, `logs`; the first three with the type after a colon, such as `submit:train`, where it holds for that
    /// type alone. Empty where the caller may not read the project, or there is none.
    /// </summary>
    public required IReadOnlyList<string> Actions { get; init; }
}
