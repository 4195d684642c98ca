using System.Security.Cryptography;
using System.Text;
using Gateway.Embedded.Objects;

namespace Gateway.Embedded.Access;

/// <summary>Finds out who asks: the admin, a service account, or nobody in particular.</summary>
internal sealed class Authentication(string adminToken, ServiceAccountTokens tokens, Authorizer authorizer)
{
    private const string Scheme = "Bearer ";
    private static readonly User Admin = new("kubernetes-admin", [User.Masters, User.Authenticated]);
    private readonly byte[] adminBytes = Encoding.UTF8.GetBytes(adminToken);

    /// <summary>The caller; a token that is not good is refused, none at all is anonymous.</summary>
    public User Identify(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (header == "") return Impersonated(http, User.Anonymous);
        var user = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? Bearer(header[Scheme.Length..].Trim()) : null;
        return Impersonated(http, user ?? throw Refusal.Unauthorized());
    }

    /// <summary>Whose token this is, or null.</summary>
    public User? Bearer(string token, string audience = ServiceAccountTokens.ApiAudience) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), adminBytes) ? Admin : tokens.Verify(token, audience);

    /// <summary>Who may impersonate speaks as somebody else from here on.</summary>
    private User Impersonated(HttpContext http, User user)
    {
        var name = http.Request.Headers["Impersonate-User"].ToString();
        if (name == "") return user;
        authorizer.Require(user, Impersonation(name));
        var groups = http.Request.Headers["Impersonate-Group"].Where(group => !string.IsNullOrEmpty(group)).Select(group => group!).ToArray();
        foreach (var group in groups) authorizer.Require(user, new Wish("impersonate") { Resource = "groups", Name = group });
        return As(name, groups);
    }

    private static Wish Impersonation(string name) => name.Split(':') is ["system", "serviceaccount", var space, var account]
        ? new Wish("impersonate") { Resource = "serviceaccounts", Namespace = space, Name = account }
        : new Wish("impersonate") { Resource = "users", Name = name };

    private static User As(string name, string[] groups)
    {
        if (groups.Length == 0 && name.Split(':') is ["system", "serviceaccount", var space, var account]) return User.ServiceAccount(space, account);
        return name == User.Anonymous.Name ? User.Anonymous : new User(name, [.. groups.Append(User.Authenticated).Distinct()]);
    }
}
