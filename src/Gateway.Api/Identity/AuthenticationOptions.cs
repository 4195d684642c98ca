namespace Gateway.Api.Identity;

/// <summary>How callers are recognised.</summary>
internal sealed class AuthenticationOptions
{
    public const string Section = "Authentication";

    /// <summary>One or several, separated by commas. With the embedded cluster `Kubernetes, Anonymous` when left out, else `Kubernetes`.</summary>
    public AuthenticationModes Mode { get; set; }

    /// <summary>Lets `Anonymous` be used outside the embedded cluster.</summary>
    public bool AllowAnonymous { get; set; }

    /// <summary>With `Kubernetes`: the audience that a token must be made for.</summary>
    public string Audience { get; set; } = "workload-gateway";

    /// <summary>With `Oidc`: the issuers.</summary>
    public IList<OidcIssuer> Oidc { get; } = [];

    /// <summary>How long the cluster's word on a token or a right is good: 0 to 15 seconds. A revoked right is refused at most twice as long after.</summary>
    public TimeSpan RememberFor { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>With `Kubernetes`: about how many tokens a second that turn out to be nobody's the cluster is asked at most, of one address or account about a quarter as many.</summary>
    public int FailedReviewsPerSecond { get; set; } = 20;

    /// <summary>The issuers at which people can sign in by Swagger UI, and what their sign-ins are called.</summary>
    public IEnumerable<(OidcIssuer Issuer, string Name)> SignIns() => Oidc.Where(issuer => issuer.ClientId is not null).Select((issuer, i) => (issuer, $"oidc{i + 1}"));
}

/// <summary>How the gateway knows a caller.</summary>
[Flags]
internal enum AuthenticationModes
{
    None = 0,

    /// <summary>By a token that the cluster knows, such as a service account's.</summary>
    Kubernetes = 1,

    /// <summary>By a token of an OpenID Connect issuer.</summary>
    Oidc = 2,

    /// <summary>Not at all.</summary>
    Anonymous = 4,
}

/// <summary>An OpenID Connect issuer. The prefixes are to be those of the API server, so that RoleBindings match.</summary>
internal sealed class OidcIssuer
{
    /// <summary>The issuer's URL, as in the claim `iss`; its configuration is read from below it.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>What must be in the claim `aud`.</summary>
    public string Audience { get; set; } = "";

    /// <summary>The claim that becomes the username. `email` counts only where `email_verified` does not say otherwise.</summary>
    public string UsernameClaim { get; set; } = "sub";

    /// <summary>The claim that becomes the groups.</summary>
    public string GroupsClaim { get; set; } = "groups";

    /// <summary>What is put before the username.</summary>
    public string UsernamePrefix { get; set; } = "oidc:";

    /// <summary>What is put before each group.</summary>
    public string GroupsPrefix { get; set; } = "oidc:";

    /// <summary>The public client as which Swagger UI signs people in, by code flow with PKCE; without, it takes pasted tokens only.</summary>
    public string? ClientId { get; set; }

    /// <summary>Whether the issuer may be reached by http, for tests.</summary>
    public bool AllowHttp { get; set; }
}
