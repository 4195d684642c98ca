using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Api.Reading;

/// <summary>One page of a list, and where the next one begins.</summary>
internal sealed record Page(IReadOnlyList<StoredObject> Items, long Version, string? Continue, int? Remaining)
{
    private const long Inconsistent = -1;

    public static Page Of(Listing listing, long horizon, ApiRequest request, Selection selection)
    {
        var (version, start) = request.Option("continue") is { } token ? Resume(token, listing, horizon) : (listing.Version, listing.Items);
        var limit = int.TryParse(request.Option("limit"), out var asked) && asked > 0 ? asked : int.MaxValue;
        var items = start.Where(selection.Matches).Take(limit == int.MaxValue ? limit : limit + 1).ToList();
        if (items.Count <= limit) return new Page(items, version, null, null);
        items.RemoveAt(limit);
        var last = items[^1];
        var remaining = selection.IsEverything ? listing.After(last.Namespace, last.Name).Count() : (int?)null;
        return new Page(items, version, Token(version, last.Namespace, last.Name), remaining);
    }

    public JsonObject Metadata
    {
        get
        {
            var metadata = new JsonObject { ["resourceVersion"] = Version.ToString() };
            if (Continue is not null) metadata["continue"] = Continue;
            if (Remaining is { } remaining) metadata["remainingItemCount"] = remaining;
            return metadata;
        }
    }

    /// <summary>What stands before the items.</summary>
    public string Head(ResourceType type) =>
        $$"""{"kind":"{{type.Kind}}List","apiVersion":"{{type.ApiVersion}}","metadata":{{Metadata.ToJsonString()}},"items":[""";

    private static string Token(long version, string space, string name)
    {
        var content = new JsonObject { ["v"] = "meta.k8s.io/v1", ["rv"] = version, ["ns"] = space, ["start"] = name };
        return Convert.ToBase64String(content.ToUtf8()).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    /// <summary>Where the page before ended. A list that began before the changes that are still known is refused, unless it may be inconsistent.</summary>
    private static (long Version, IEnumerable<StoredObject> Items) Resume(string token, Listing listing, long horizon)
    {
        var (version, space, name) = Read(token);
        if (version != Inconsistent && version < horizon) throw Refusal.ExpiredList(Token(Inconsistent, space, name));
        return (version == Inconsistent ? listing.Version : version, listing.After(space, name));
    }

    private static (long Version, string Space, string Name) Read(string token)
    {
        try
        {
            var base64 = token.Replace('-', '+').Replace('_', '/');
            var content = JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='))))!.AsObject();
            return (content.Number("rv")!.Value, content.Text("ns")!, content.Text("start")!);
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException or NullReferenceException)
        {
            throw Refusal.BadRequest("invalid continue token: continue key is not valid: invalid character '\\u0081' looking for beginning of value");
        }
    }
}
