namespace Gateway.Embedded;

/// <summary>A request that somebody known made.</summary>
/// <param name="User">Who.</param>
/// <param name="Method">The method.</param>
/// <param name="Path">The path with its query.</param>
public sealed record ClusterAccess(string User, string Method, string Path)
{
    /// <summary>The verb that it takes, such as `list`.</summary>
    public required string Verb { get; init; }

    /// <summary>The API group of the resource; empty for the core group.</summary>
    public required string Group { get; init; }

    /// <summary>The resource, such as `pods` or `pods/log`; empty where the path is about none.</summary>
    public required string Resource { get; init; }
}
