using Gateway.Embedded.Store;
using Microsoft.Extensions.Primitives;

namespace Gateway.Embedded.Api;

/// <summary>What a request is about, read from its method, path and query.</summary>
internal sealed record ApiRequest(HttpContext Http, string Verb, ResourceType? Type, string? Namespace, string? Name, string? Subresource)
{
    public static ApiRequest From(HttpContext http)
    {
        var parts = http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (group, version, rest) = parts switch
        {
            ["api", var core, .. var tail] => ("", core, tail),
            ["apis", var named, var of, .. var tail] => (named, of, tail),
            _ => ("", "", []),
        };
        var (space, resource) = rest switch
        {
            ["namespaces", var name, var plural, .. var tail] when plural is not ("status" or "finalize") => (name, (string[])[plural, .. tail]),
            _ => (null, rest),
        };
        var type = resource is [var kind, ..] ? ResourceTypes.Find(group, version, kind) : null;
        var (item, sub) = (resource.ElementAtOrDefault(1), resource.ElementAtOrDefault(2));
        if (type is null || resource.Length > 3 || (space is not null && !type.Namespaced)) return new ApiRequest(http, VerbOf(http, true), null, null, null, null);
        return new ApiRequest(http, VerbOf(http, item is not null), type, type == ResourceTypes.Namespaces ? item : space, item, sub);
    }

    /// <summary>The namespace that the objects are in. A namespace itself is in none, though the rights to it are checked as if it were in itself.</summary>
    public string? Space => Type is { Namespaced: true } ? Namespace : null;

    public IQueryCollection Query => Http.Request.Query;

    public bool Asks(string option) => Query.TryGetValue(option, out var value) && value.ToString() is "true" or "1";

    public string? Option(string option) => Query.TryGetValue(option, out var value) && !StringValues.IsNullOrEmpty(value) ? value[0] : null;

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
