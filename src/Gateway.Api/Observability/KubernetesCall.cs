using System.Collections.Frozen;

namespace Gateway.Api.Observability;

/// <summary>What a call to a Kubernetes API does, in the words of its roles, with nothing of names: https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-uris</summary>
internal static class KubernetesCall
{
    private const string Other = "other";

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Resources = FrozenSet.ToFrozenSet(
    [
        "namespaces", "jobs", "statefulsets", "pods", "events", "services", "persistentvolumeclaims", "ingresses", "podgroups", "resourcequotas", "limitranges",
        "queues", "priorityclasses", "tokenreviews", "subjectaccessreviews", "serviceaccounts", "version",
    ]).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The verb and the resource of a call.</summary>
    public static (string Verb, string Resource) Of(HttpRequestMessage request)
    {
        var path = request.RequestUri!.AbsolutePath.AsSpan();
        // The API may be mounted below a path: https://HOST/k8s/clusters/one/api/v1/…
        var (core, group) = (path.IndexOf("/api/"), path.IndexOf("/apis/"));
        path = core >= 0 && (group < 0 || core < group) ? After(path[(core + 1)..], 2) : group >= 0 ? After(path[(group + 1)..], 3) : path[(path.LastIndexOf('/') + 1)..];
        if (path.StartsWith("namespaces/") && After(path, 2).Length > 0)
            path = After(path, 2);
        return (Verb(request, named: After(path, 1).Length > 0), Resource(path));
    }

    private static string Resource(ReadOnlySpan<char> path) => After(path, 2) switch
    {
        "log" => "pods/log",
        "token" => "serviceaccounts/token",
        _ => Resources.TryGetValue(First(path), out var known) ? known : Other,
    };

    private static string Verb(HttpRequestMessage request, bool named) => request.Method.Method switch
    {
        "GET" when request.RequestUri!.Query.Contains("watch=true", StringComparison.Ordinal) => "watch",
        "GET" => named ? "get" : "list",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => "delete",
        _ => Other,
    };

    private static ReadOnlySpan<char> First(ReadOnlySpan<char> path) => path.IndexOf('/') is >= 0 and var end ? path[..end] : path;

    private static ReadOnlySpan<char> After(ReadOnlySpan<char> path, int segments)
    {
        for (; segments > 0; segments--)
            path = path.IndexOf('/') is >= 0 and var end ? path[(end + 1)..] : [];
        return path;
    }
}
