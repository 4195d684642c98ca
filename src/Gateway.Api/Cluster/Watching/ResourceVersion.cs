namespace Gateway.Api.Cluster.Watching;

/// <summary>Versions of objects: https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions</summary>
internal static class ResourceVersion
{
    /// <summary>A version as the number that it is; 0 where there is none.</summary>
    public static long Of(string? text) => long.TryParse(text, out var version) ? version : 0;
}
