using System.Text.Json.Nodes;

namespace Gateway.Embedded.Access;

/// <summary>Who asks.</summary>
internal sealed record User(string Name, IReadOnlyList<string> Groups)
{
    public const string Authenticated = "system:authenticated";
    public const string Unauthenticated = "system:unauthenticated";
    public const string ServiceAccounts = "system:serviceaccounts";
    public const string Masters = "system:masters";

    public static readonly User Anonymous = new("system:anonymous", [Unauthenticated]);

    public string? Uid { get; init; }

    public IReadOnlyDictionary<string, string> Extra { get; init; } = new Dictionary<string, string>();

    public static User ServiceAccount(string space, string name) =>
        new($"system:serviceaccount:{space}:{name}", [ServiceAccounts, $"{ServiceAccounts}:{space}", Authenticated]);

    /// <summary>The user as reviews show it.</summary>
    public JsonObject ToJson()
    {
        var user = new JsonObject { ["username"] = Name };
        if (Uid is not null) user["uid"] = Uid;
        user["groups"] = new JsonArray([.. Groups.Select(group => (JsonNode)group)]);
        if (Extra.Count > 0) user["extra"] = new JsonObject(Extra.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)new JsonArray(entry.Value))));
        return user;
    }
}

/// <summary>What is asked for, as rights are granted: a verb on a resource, or on a path that is none.</summary>
internal sealed record Wish(string Verb)
{
    public string Group { get; init; } = "";
    public string Resource { get; init; } = "";
    public string Subresource { get; init; } = "";
    public string Namespace { get; init; } = "";
    public string Name { get; init; } = "";
    public string? Path { get; init; }

    public string FullResource => Subresource == "" ? Resource : $"{Resource}/{Subresource}";
}
