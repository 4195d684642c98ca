using System.Net;
using System.Text.Json.Nodes;
using Gateway.Api.Tests.Clusters;
using Xunit;

namespace Gateway.Api.Tests.Access;

/// <summary>What the operator's defaults add to a submission is made for the caller too, who needs the right.</summary>
public sealed class DefaultRightsTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly GatewayHost _gateway = new()
    {
        Settings = new()
        {
            ["Ingress:HostTemplate"] = "{name}.{project}.example.org",
            ["Policy:Defaults:train:Ports:0:Port"] = "8888",
            ["Policy:Defaults:train:Expose"] = "Ingress",
            ["Policy:Defaults:build:Volumes:0:MountPath"] = "/data",
            ["Policy:Defaults:build:Volumes:0:NewClaim:Size"] = "1Gi",
        },
    };

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => ((IAsyncLifetime)_gateway).DisposeAsync();

    ValueTask IAsyncDisposable.DisposeAsync() => _gateway.DisposeAsync();

    [EmbeddedTheory("a right counts at once")]
    [InlineData("create services", "create jobs", "create ingresses")]
    [InlineData("create ingresses", "create jobs", "create services")]
    [InlineData("create persistentvolumeclaims", "create statefulsets")]
    public async Task Default_ThatMakesMore_TakesTheRight(string missing, params string[] rights)
    {
        var body = rights[0] == "create jobs" ? GatewayHost.Train("a") : GatewayHost.Build("a");

        foreach (var query in (string[])["", "?dryRun=true"])
        {
            var refused = await SendAsync(await _gateway.InviteAsync(rights), body, query);
            Assert.Contains($"may not {missing} ", (string)(await refused.ProblemAsync(HttpStatusCode.Forbidden, "FORBIDDEN"))["detail"]!, StringComparison.Ordinal);
        }
        await (await SendAsync(await _gateway.InviteAsync([.. rights, missing]), body, "")).BodyAsync(HttpStatusCode.Created);
    }

    private Task<HttpResponseMessage> SendAsync(string token, JsonObject body, string query) => _gateway.SendAsync(token, "POST", $"/projects/team-a/workloads{query}", body);
}
