namespace Gateway.Core.Status;

/// <summary>The name of one run of a container, by its container's id, such as containerd://4d5c….</summary>
internal static class ContainerRun
{
    // The first characters of an id tell the runs of one container apart.
    private const int Length = 16;

    /// <summary>The name of a run. A name is its own name.</summary>
    internal static string? NameOf(string? containerId)
    {
        var bare = containerId?[(containerId.LastIndexOf('/') + 1)..];
        return bare?[..Math.Min(bare.Length, Length)];
    }
}
