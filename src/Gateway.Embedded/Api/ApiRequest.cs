using Gateway.Embedded.Access;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Api;

/// <summary>What a request is about, read from its method, path and query. A path that is about no kind of object has no type.</summary>
internal sealed record ApiRequest(HttpContext Http, string Verb, ResourceType? Type, string? Namespace, string? Name, string? Subresource)
{
    public User Caller { get; init; } = User.Anonymous;

    /// <summary>The namespace that the objects are in. A namespace itself is in none, though the rights to it are checked as if it were in itself.</summary>
    public string? Space => Type is { Namespaced: true } ? Namespace : null;

    public IQueryCollection Query => Http.Request.Query;

    public static ApiRequest From(HttpContext http)
    {
        var (group, version, rest) = Split(http.Request.Path.Value!);
        var (space, resource) = rest switch
        {
            ["namespaces", var name, var plural, .. var tail] when plural is not ("status" or "finalize") => (name, (string[])[plural, .. tail]),
            _ => (null, rest),
        };
        var type = resource is [var kind, ..] ? ResourceTypes.Find(group, version, kind) : null;
        var (item, sub) = (resource.ElementAtOrDefault(1), resource.ElementAtOrDefault(2));
        var known = type is not null && resource.Length <= 3 && (space is null || type.Namespaced) && (sub is null || type.Subresources.Contains(sub));
        return known
            ? new ApiRequest(http, VerbOf(http, item is not null), type, type == ResourceTypes.Namespaces ? item : space, item, sub)
            : new ApiRequest(http, http.Request.Method.ToLowerInvariant(), null, null, null, null);
    }

    /// <summary>The request as rights are granted.</summary>
    public Wish ToWish() => Type is null
        ? new Wish(Verb) { Path = Http.Request.Path.Value }
        : new Wish(Verb) { Group = Type.Group, Resource = Type.Plural, Subresource = Subresource ?? "", Namespace = Namespace ?? "", Name = Name ?? "" };

    public bool Asks(string option) => Query.TryGetValue(option, out var value) && value.ToString() is "true" or "1";

    public string? Option(string option) => Query.TryGetValue(option, out var value) && !string.IsNullOrEmpty(value) ? value[0] : null;

    private static (string Group, string Version, string[] Tail) Split(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["api", var core, .. var tail] => ("", core, tail),
        ["apis", var group, var version, .. var tail] => (group, version, tail),
        _ => ("", "", []),
    };

    private static string VerbOf(HttpContext http, bool named) => http.Request.Method switch
    {
        "GET" or "HEAD" when http.Request.Query["watch"].ToString() is "true" or "1" => "watch",
        "GET" or "HEAD" => named ? "get" : "list",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => named ? "delete" : "deletecollection",
        _ => "",
    };
}
