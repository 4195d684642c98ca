using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Access;

/// <summary>Issues and checks the tokens of service accounts: JWTs that end, and that die with their account or the object they are bound to.</summary>
internal sealed class ServiceAccountTokens(ClusterObjects objects)
{
    public const string ApiAudience = "https://kubernetes.default.svc";
    private const string Kubernetes = "kubernetes.io";
    private static readonly string Header = Encode(new JsonObject { ["alg"] = "HS256", ["kid"] = "embedded" });
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

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
        var content = $"{Header}.{Encode(claims)}";
        return $"{content}.{Sign(content)}";
    }

    /// <summary>The account a token speaks for, or null where it is not, or no longer, good.</summary>
    public User? Verify(string token, string audience)
    {
        if (token.LastIndexOf('.') is var end && (end < 0 || Sign(token[..end]) != token[(end + 1)..])) return null;
        var claims = JsonSerializer.Deserialize<JsonObject>(Base64Url.DecodeFromChars(token.Split('.')[1]))!;
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

    private string Sign(string content) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(content)));

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(part.ToUtf8());
}
