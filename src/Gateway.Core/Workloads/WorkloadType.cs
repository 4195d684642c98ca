namespace Gateway.Core.Workloads;

/// <summary>The two types of workload.</summary>
public static class WorkloadType
{
    /// <summary>Has an end and runs unattended: a Kubernetes Job.</summary>
    public const string Train = "train";

    /// <summary>Interactive, runs until stopped: a Kubernetes StatefulSet.</summary>
    public const string Build = "build";

    /// <summary>Every type there is.</summary>
    public static IReadOnlyList<string> All { get; } = [Train, Build];
}
