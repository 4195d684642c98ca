namespace Gateway.Api.Cluster.Watching;

/// <summary>One line of a watch: https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes</summary>
internal sealed record WatchEvent<T>(string Type, T Object)
{
    public const string Deleted = "DELETED";
    public const string Bookmark = "BOOKMARK";
    public const string Error = "ERROR";
}
