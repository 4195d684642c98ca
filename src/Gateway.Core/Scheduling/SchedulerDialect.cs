namespace Gateway.Core.Scheduling;

/// <summary>The words that one scheduler uses. Every other place takes them from here.</summary>
public sealed record SchedulerDialect
{
    /// <summary>Run:ai: its scheduler, and the namespace label that makes a project.</summary>
    public static SchedulerDialect RunAi { get; } = new() { SchedulerName = "runai-scheduler", ProjectLabel = "runai/queue" };

    /// <summary>The pod's `schedulerName`.</summary>
    public required string SchedulerName { get; init; }

    /// <summary>The namespace label whose value is the project's name.</summary>
    public required string ProjectLabel { get; init; }
}
