using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Access;

/// <summary>Issues and checks the tokens of service accounts: JWTs that end, and that die with their account or the object they are bound to.</summary>
internal sealed class ServiceAccountTokens(ClusterObjects objects)
{
    public const string ApiAudience = "https://kubernetes.default.svc";
    private const string Kubernetes = "kubernetes.io";
    private readonly SigningKey key = new();

    /// <summary>The key by which anybody can tell what was signed here, as a JSON Web Key Set.</summary>
    public JsonObject PublicKeys => key.ToPublicKeys();

    public string Issue(StoredObject account, IEnumerable<string> audiences, DateTimeOffset expires, JsonObject? bound)
    {
        var now = objects.Time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["aud"] = new JsonArray([.. audiences.Select(audience => (JsonNode)audience)]),
            ["exp"] = expires.ToUnixTimeSeconds(),
            ["iat"] = now,
            ["iss"] = ApiAudience,
            ["jti"] = Guid.NewGuid().ToString(),
            [Kubernetes] = new JsonObject { ["namespace"] = account.Namespace, ["serviceaccount"] = new JsonObject { ["name"] = account.Name, ["uid"] = account.Uid }, ["bound"] = bound?.DeepClone() },
            ["nbf"] = now,
            ["sub"] = $"system:serviceaccount:{account.Namespace}:{account.Name}",
        };
        return key.Sign(claims);
    }

    /// <summary>The account a token speaks for, or null where it is not, or no longer, good.</summary>
    public User? Verify(string token, string audience)
    {
        if (key.Verify(token) is not { } claims) return null;
        if (!claims.Texts("aud").Contains(audience) || claims.Number("exp") <= objects.Time.GetUtcNow().ToUnixTimeSeconds()) return null;
        var (space, account) = (claims.Child(Kubernetes).Text("namespace")!, claims.Child(Kubernetes).Child("serviceaccount"));
        if (!Lives(account.Text("uid")!) || (claims.Child(Kubernetes)["bound"] is JsonObject bound && !Lives(bound.Text("uid") ?? ""))) return null;
        return User.ServiceAccount(space, account.Text("name")!) with
        {
            Uid = account.Text("uid"),
            Extra = new Dictionary<string, string> { ["authentication.kubernetes.io/credential-id"] = $"JTI={claims.Text("jti")}" },
        };
    }

    private bool Lives(string uid) => objects.Store.FindByUid(uid) is { Deleting: false };
}
