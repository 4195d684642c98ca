using k8s.Models;

namespace Gateway.Core.Status;

/// <summary>A container's own status, in words.</summary>
internal static class ContainerReading
{
    internal static bool HasRun(this ObservedContainerStatus container) =>
        container.State?.Running is not null || container.LastEnd() is { } end && !end.NeverStarted();

    /// <summary>How it ended last: now, or before it was started again.</summary>
    internal static ObservedEnd? LastEnd(this ObservedContainerStatus container) =>
        container.State?.Terminated ?? container.LastState?.Terminated;

    /// <summary>Whether the container runtime could not start it at all.</summary>
    internal static bool NeverStarted(this ObservedEnd end) => end.Reason is "StartError" or "ContainerCannotRun";

    /// <summary>The earliest start that can still be seen.</summary>
    internal static DateTime? StartedAt(this ObservedContainerStatus container) => new[]
    {
        container.State?.Running?.StartedAt,
        container.State?.Terminated.StartedAt(),
        container.LastState?.Terminated.StartedAt(),
    }.Min();

    private static DateTime? StartedAt(this ObservedEnd? end) => end?.NeverStarted() == false ? end.StartedAt : null;
}
