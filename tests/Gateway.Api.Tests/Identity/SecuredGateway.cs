using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Api.Tests.Clusters;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Api.Tests.Identity;

/// <summary>A gateway that lets in nobody it does not know, with callers of every kind.</summary>
public sealed class SecuredGateway : IAsyncLifetime
{
    private const string RbacGroup = "rbac.authorization.k8s.io";

    private const string Project = "team-a";
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly Dictionary<string, string?> _tokens = [];
    private TestIssuer _issuer = null!;

    public GatewayHost Host { get; private set; } = null!;

    /// <summary>The clock of everything.</summary>
    public FakeTimeProvider Time => _time;

    public async Task InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        Host = new()
        {
            Time = _time,
            Settings = new()
            {
                ["Authentication:Mode"] = "Kubernetes, Oidc",
                ["Authentication:Oidc:0:Issuer"] = _issuer.Url,
                ["Authentication:Oidc:0:Audience"] = TestIssuer.Audience,
                ["Authentication:Oidc:0:AllowHttp"] = "true",
            },
        };
        await Host.InitializeAsync();
        await InviteAsync();
    }

    /// <summary>The token that one of the callers has.</summary>
    public string? TokenOf(string caller) => _tokens[caller];

    /// <summary>Sends a request as one of the callers.</summary>
    public async Task<HttpResponseMessage> SendAsync(string caller, string method, string path, JsonNode? body = null) =>
        await SendWithTokenAsync(_tokens[caller], method, path, body);

    /// <summary>Sends a request with a token.</summary>
    public async Task<HttpResponseMessage> SendWithTokenAsync(string? token, string method, string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await Host.Http.SendAsync(request);
    }

    /// <summary>A token of a person, as the issuer gives it.</summary>
    public string PersonsToken(Dictionary<string, object> claims) => _issuer.Token(_time.GetUtcNow(), claims);

    public async Task DisposeAsync()
    {
        await ((IAsyncLifetime)Host).DisposeAsync();
        await _issuer.DisposeAsync();
    }

    private async Task InviteAsync()
    {
        await MakeAccountAsync("reader");
        await MakeAccountAsync("submitter");
        await MakeAccountAsync("creator");
        await MakeAccountAsync("train-reader");
        await MakeAccountAsync("stranger");
        await MakeAccountAsync("neighbour", "team-b");
        var expired = await TokenAsync("submitter");
        var expiredPerson = _issuer.Token(_time.GetUtcNow(), Person("jane", "researchers"));
        _time.Advance(TimeSpan.FromMinutes(11));

        await GrantAsync("reader", Project, ["get", "list"], "jobs", "statefulsets");
        await GrantAsync("submitter", Project, ["create", "get", "list", "update", "patch", "delete"], "jobs", "statefulsets");
        await GrantAsync("creator", Project, ["create"], "jobs", "statefulsets");
        await GrantAsync("train-reader", Project, ["get", "list"], "jobs");
        await GrantAsync("neighbour", "team-b", ["create", "get", "list", "patch", "delete"], "jobs", "statefulsets");
        await BindAsync("jane-reads", Project, "reader", new() { Kind = "User", ApiGroup = RbacGroup, Name = "oidc:jane" });
        await BindAsync("researchers-submit", Project, "submitter", new() { Kind = "Group", ApiGroup = RbacGroup, Name = "oidc:researchers" });
        await RealCluster.UntilAllowedAsync(Host.Cluster, "oidc:joe", Host.Space, "create", "oidc:researchers");

        var now = _time.GetUtcNow();
        foreach (var account in (string[])["reader", "submitter", "creator", "train-reader", "stranger"])
            _tokens[account] = await TokenAsync(account);
        _tokens["neighbour"] = await TokenAsync("neighbour", "team-b");
        _tokens["admin"] = Host.AdminToken;
        _tokens["none"] = null;
        _tokens["garbage"] = "not.a.token";
        _tokens["expired"] = expired;
        _tokens["wrong audience"] = await TokenAsync("submitter", audience: "somebody-else");
        _tokens["person who reads"] = PersonsToken(Person("jane"));
        _tokens["person of the group that submits"] = PersonsToken(Person("joe", "researchers"));
        _tokens["person who is a stranger"] = PersonsToken(Person("mallory"));
        _tokens["person, expired"] = expiredPerson;
        _tokens["person, wrong audience"] = _issuer.Token(now, Person("jane"), audience: "somebody-else");
        _tokens["person, unknown issuer"] = _issuer.Token(now, Person("jane"), issuer: "https://elsewhere.example");
        _tokens["person, forged"] = _issuer.Token(now, Person("jane"), forgedBy: RSA.Create(2048));
        _tokens["person, nameless"] = PersonsToken([]);
    }

    private static Dictionary<string, object> Person(string name, params string[] groups) => new() { ["sub"] = name, ["groups"] = groups };

    private Task<V1ServiceAccount> MakeAccountAsync(string name, string project = Project) =>
        Host.Cluster.CoreV1.CreateNamespacedServiceAccountAsync(new() { Metadata = new() { Name = name } }, Host.SpaceOf(project));

    private async Task GrantAsync(string account, string project, string[] verbs, params string[] resources)
    {
        await Host.Cluster.RbacAuthorizationV1.CreateNamespacedRoleAsync(
            new() { Metadata = new() { Name = account }, Rules = [new() { Verbs = verbs, ApiGroups = ["batch", "apps"], Resources = resources }] }, Host.SpaceOf(project));
        await BindAsync(account, project, account, new() { Kind = "ServiceAccount", NamespaceProperty = Host.SpaceOf(project), Name = account });
    }

    private Task<V1RoleBinding> BindAsync(string name, string project, string role, Rbacv1Subject subject) =>
        Host.Cluster.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(
            new() { Metadata = new() { Name = name }, Subjects = [subject], RoleRef = new() { ApiGroup = RbacGroup, Kind = "Role", Name = role } }, Host.SpaceOf(project));

    private async Task<string> TokenAsync(string account, string project = Project, string audience = "workload-gateway")
    {
        var request = new Authenticationv1TokenRequest { Spec = new() { Audiences = [audience], ExpirationSeconds = 600 } };
        return (await Host.Cluster.CoreV1.CreateNamespacedServiceAccountTokenAsync(request, account, Host.SpaceOf(project))).Status.Token;
    }
}
