namespace Gateway.Core.Logs;

/// <summary>Whose log of a workload is wanted.</summary>
public sealed record LogWish
{
    /// <summary>The pod by name; the newest one when null.</summary>
    public string? Pod { get; init; }

    /// <summary>The pod by index.</summary>
    public int? Index { get; init; }

    /// <summary>The container by name; the pod's main one when null.</summary>
    public string? Container { get; init; }

    /// <summary>Whether the run before the latest one is wanted.</summary>
    public bool Previous { get; init; }

    /// <summary>That very run of the container; the latest one when null.</summary>
    public string? Run { get; init; }
}

/// <summary>One run of one container, whose log can be read.</summary>
/// <param name="Pod">The pod's name.</param>
/// <param name="Container">The container's name.</param>
/// <param name="Run">The run's own name: another start of the container has another.</param>
/// <param name="Previous">Whether the container was started again since.</param>
/// <param name="Over">Whether the run has ended, so that nothing more will be written.</param>
public sealed record LogSource(string Pod, string Container, string Run, bool Previous, bool Over);

/// <summary>What there is to read: a source, or why there is none.</summary>
public abstract record LogFinding
{
    private LogFinding()
    {
    }

    /// <summary>There is a log.</summary>
    public sealed record Found(LogSource Source) : LogFinding;

    /// <summary>There is no log yet, and there may be one later.</summary>
    public sealed record NotYet(string Because) : LogFinding;

    /// <summary>There is no log any more.</summary>
    public sealed record Gone(string Because) : LogFinding;

    /// <summary>Something was wished for that the workload does not have.</summary>
    public sealed record Wrong(string Parameter, string Because) : LogFinding;
}
