namespace Gateway.Api.Workloads.Policy;

/// <summary>Paths on a node.</summary>
internal static class HostPath
{
    /// <summary>Whether the path is the allowed one or below it: `/data` has `/data/a`, not `/database`, and nothing that goes up again.</summary>
    public static bool IsBelow(string path, string allowed) =>
        IsPlain(path) && string.Join('/', Steps(path)) is var steps && string.Join('/', Steps(allowed)) is var below && $"{steps}/".StartsWith(below.Length == 0 ? "" : $"{below}/", StringComparison.Ordinal);

    /// <summary>Whether it is absolute and never goes up.</summary>
    public static bool IsPlain(string path) => path.StartsWith('/') && !path.Split('/').Contains("..");

    private static IEnumerable<string> Steps(string path) => path.Split('/').Where(step => step is not ("" or "."));
}
