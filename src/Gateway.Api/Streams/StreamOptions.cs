namespace Gateway.Api.Streams;

/// <summary>How many answers may go on at once: streams of workloads, logs, and requests that wait (`?wait=`).</summary>
internal sealed class StreamOptions
{
    public const string Section = "Streams";

    /// <summary>For each caller, or address where nobody authenticates; beyond that 429. 0 for no limit.</summary>
    public int PerCaller { get; set; } = 250;

    /// <summary>For all callers of one replica together; beyond that 429. 0 for no limit.</summary>
    public int Total { get; set; } = 1000;

    /// <summary>A stream, log or large answer whose reader takes nothing for so long is cut off.</summary>
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
