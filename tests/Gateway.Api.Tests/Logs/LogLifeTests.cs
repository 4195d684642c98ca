using System.Diagnostics.Metrics;
using System.Net;
using Gateway.Api.Tests.Identity;
using k8s;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gateway.Api.Tests.Logs;

/// <summary>Who may read logs, for how long, and what they may ask for.</summary>
public sealed class LogLifeTests
{
    [Theory]
    [InlineData("?tail=-1", "tail")]
    [InlineData("?tail=many", "tail")]
    [InlineData("?since=yesterday", "since")]
    [InlineData("?since=2026-01-01T12:00:00", "since")]
    [InlineData("?since=", "since")]
    [InlineData("?follow=perhaps", "follow")]
    [InlineData("?index=-1", "index")]
    [InlineData("?pod=none", "pod")]
    [InlineData("?container=none", "container")]
    [InlineData("?grep=x", "grep")]
    public async Task Read_WithAValueThatMakesNoSense_IsRefused(string query, string name)
    {
        await using var stage = await LogStage.SetAsync();
        await stage.SubmitAsync(LogStage.Writer("asked"));
        await stage.PassAsync(15);

        var problem = await (await stage.AskAsync("asked", query)).ProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");

        Assert.NotNull(problem["errors"]![name]);
    }

    [Theory]
    [InlineData("?tail=1", "three\n")]
    [InlineData("?tail=0", "")]
    [InlineData("?since=2026-01-01T12:00:01Z", "two\nthree\n")]
    [InlineData("?since=2026-01-01T13:00:01%2B01:00", "two\nthree\n")]
    [InlineData("?since=1s", "")]
    [InlineData("?since=1h30m", "one\ntwo\nthree\n")]
    [InlineData("?container=asked", "one\ntwo\nthree\n")]
    public async Task Read_OfAPart_GivesThatPart(string query, string expected)
    {
        await using var stage = await LogStage.SetAsync();
        await stage.SubmitAsync(LogStage.Writer("asked"));
        await stage.PassAsync(15);

        Assert.Equal(expected, await stage.ReadAsync("asked", query));
    }

    [Fact]
    public async Task Events_AfterAnIdThatIsNone_AreRefused()
    {
        await using var stage = await LogStage.SetAsync();
        await stage.SubmitAsync(LogStage.Writer("asked"));
        await stage.PassAsync(15);

        await (await stage.AskAsync("asked", events: true, after: "17")).ProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");
        await (await stage.AskAsync("asked", events: true, after: "asked-bcdfg/asked/0123/1.1.0.ff.0")).ProblemAsync(HttpStatusCode.NotFound, "LOGS_GONE");
    }

    [Fact]
    public async Task Follow_WhoseReaderLeaves_Ends()
    {
        await using var stage = await LogStage.SetAsync();
        var open = 0L;
        using var meter = Listen(stage, change => Interlocked.Add(ref open, change));
        await stage.SubmitAsync(LogStage.Writer("left", seconds: "3600"));
        await stage.PassAsync(5);

        using (await stage.AskAsync("left", "?follow=true"))
            Assert.Equal(1, Interlocked.Read(ref open));

        using var end = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (Interlocked.Read(ref open) > 0)
            await Task.Delay(5, end.Token);
    }

    [Fact]
    public async Task Read_WithoutTheProjectsRightToLogs_IsNotSetUp()
    {
        await using var stage = await LogStage.SetAsync();
        await stage.SubmitAsync(LogStage.Writer("refused"));
        await stage.PassAsync(5);
        var role = await stage.Host.Cluster.RbacAuthorizationV1.ReadClusterRoleAsync("workload-gateway-project");
        role.Rules = [.. role.Rules.Where(rule => !rule.Resources.Contains("pods/log"))];
        await stage.Host.Cluster.RbacAuthorizationV1.ReplaceClusterRoleAsync(role, "workload-gateway-project");

        var problem = await (await stage.AskAsync("refused")).ProblemAsync(HttpStatusCode.ServiceUnavailable, "PROJECT_NOT_SET_UP");

        Assert.Contains("may not get pods/log", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_WhoseRightIsTakenAway_EndsWithTheReason()
    {
        await using var stage = await LogStage.SetAsync();
        await stage.SubmitAsync(LogStage.Writer("revoked", seconds: "3600"));
        await stage.PassAsync(5);
        using var response = await stage.AskAsync("revoked", "?follow=true", events: true);
        var role = await stage.Host.Cluster.RbacAuthorizationV1.ReadClusterRoleAsync("workload-gateway-submitter");
        role.Rules = [.. role.Rules.Where(rule => !rule.Resources.Contains("pods/log"))];
        await stage.Host.Cluster.RbacAuthorizationV1.ReplaceClusterRoleAsync(role, "workload-gateway-submitter");

        var text = await stage.WhileTimePassesAsync(response.Content.ReadAsStringAsync());

        Assert.Contains("\"code\":\"FORBIDDEN\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_BeyondTheTokensEnd_EndsWithTheReason()
    {
        var secured = new SecuredGateway();
        await secured.InitializeAsync();
        try
        {
            await secured.Host.Cluster.RbacAuthorizationV1.CreateNamespacedRoleAsync(
                new() { Metadata = new() { Name = "logs" }, Rules = [new() { Verbs = ["get"], ApiGroups = [""], Resources = ["pods/log"] }] }, LogStage.Space);
            await secured.Host.Cluster.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(
                new() { Metadata = new() { Name = "logs" }, Subjects = [new() { Kind = "User", ApiGroup = "rbac.authorization.k8s.io", Name = "oidc:jane" }], RoleRef = new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "Role", Name = "logs" } }, LogStage.Space);
            var train = LogStage.Writer("expiring", more: new() { ["suspended"] = true });
            Assert.Equal(HttpStatusCode.Created, (await secured.SendAsync("admin", "POST", "/projects/team-a/workloads", train)).StatusCode);
            using var request = new HttpRequestMessage(HttpMethod.Get, LogStage.Path("expiring", "?follow=true"));
            request.Headers.Authorization = new("Bearer", secured.PersonsToken(new() { ["sub"] = "jane" }));
            request.Headers.Accept.ParseAdd("text/event-stream");
            using var response = await secured.Host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);

            secured.Time.Advance(TimeSpan.FromMinutes(11));

            Assert.Contains("\"code\":\"UNAUTHENTICATED\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        finally
        {
            await secured.DisposeAsync();
        }
    }

    // Meters of this gateway alone: others run in the same process.
    private static MeterListener Listen(LogStage stage, Action<long> count)
    {
        var meters = stage.Host.Services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "workload_gateway.streams.open" && instrument.Meter.Scope == meters)
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, change, _, _) => count(change));
        listener.Start();
        return listener;
    }
}
