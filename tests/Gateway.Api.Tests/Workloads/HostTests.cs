using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Api.Tests.Clusters;
using Gateway.Api.Tests.Identity;
using Gateway.Embedded;
using k8s;
using k8s.Models;
using Xunit;

namespace Gateway.Api.Tests.Workloads;

/// <summary>The hosts of what is exposed by Ingress.</summary>
public sealed class HostTests
{
    [EmbeddedTheory("has projects of its own")]
    [InlineData("{name}-{project}-{hash}.example.org")]
    [InlineData("{name}-{hash}.example.org")]
    [InlineData("{name}.{project}.example.org")]
    public async Task Workloads_WhoseNamesRunTogether_HaveDifferentHosts(string template)
    {
        await using var host = await StartAsync(template);

        var one = await (await host.SubmitAsync(Exposed("ing1"))).BodyAsync(HttpStatusCode.Created);
        var other = await (await host.SubmitAsync(Exposed("ing1-team"), "a")).BodyAsync(HttpStatusCode.Created);

        Assert.NotEqual(HostOf(one), HostOf(other));
    }

    [EmbeddedTheory("grants rights to the gateway's own account")]
    [InlineData("1000")]
    [InlineData("0")]
    public async Task Host_OfAnotherNamespacesIngress_IsRefused(string watched)
    {
        await using var host = await StartAsync("{name}-{hash}.example.org", watched);
        await host.LetReadIngressesAsync();
        var wanted = HostOf(await (await host.SubmitAsync(Exposed("web"), query: "?dryRun=true")).BodyAsync(HttpStatusCode.OK));
        await MakeAsync(host, "runai-a", wanted);

        foreach (var query in (string[])["?dryRun=true", ""])
        {
            await GatewayHost.UntilAsync(async () => (await host.SubmitAsync(Exposed("web"), query: "?dryRun=true")).StatusCode == HttpStatusCode.Conflict);
            var problem = await (await host.SubmitAsync(Exposed("web"), query: query)).ProblemAsync(HttpStatusCode.Conflict, "HOST_TAKEN");
            Assert.Contains(wanted, (string)problem["detail"]!, StringComparison.Ordinal);
            Assert.DoesNotContain("runai-a", problem.ToJsonString(), StringComparison.Ordinal);
        }
        foreach (var mode in (string[])["bestEffort", "validateFirst"])
            Assert.Contains(wanted, await BatchAsync(host, mode, Exposed("web")), StringComparison.Ordinal);
        Assert.Empty((await host.Cluster.AppsV1.ListNamespacedStatefulSetAsync("runai-team-a")).Items);

        await host.Cluster.NetworkingV1.DeleteNamespacedIngressAsync("theirs", "runai-a");
        await GatewayHost.UntilAsync(async () => (await host.SubmitAsync(Exposed("web"))).StatusCode == HttpStatusCode.Created);
    }

    [EmbeddedFact("grants rights to the gateway's own account")]
    public async Task Host_OfAnIngressOfTheSameNamespace_IsNotRefused()
    {
        await using var host = await StartAsync("{name}-{hash}.example.org");
        await host.LetReadIngressesAsync();
        await MakeAsync(host, "runai-team-a", HostOf(await (await host.SubmitAsync(Exposed("web"), query: "?dryRun=true")).BodyAsync(HttpStatusCode.OK)));

        await (await host.SubmitAsync(Exposed("web"))).BodyAsync(HttpStatusCode.Created);
    }

    // What is there keeps its host, and its key shows it.
    [EmbeddedFact("grants rights to the gateway's own account")]
    public async Task Host_ThatWasTakenAfterwards_EndsNoRetry()
    {
        await using var host = await StartAsync("{name}-{hash}.example.org", "0");
        await host.LetReadIngressesAsync();
        var made = HostOf(await (await host.SubmitAsync(Exposed("web"), key: "k1")).BodyAsync(HttpStatusCode.Created));
        await MakeAsync(host, "runai-a", made);

        Assert.Equal(made, HostOf(await (await host.SubmitAsync(Exposed("web"), key: "k1")).BodyAsync(HttpStatusCode.OK)));
    }

    // Nothing is known of other namespaces then: see docs/install.md.
    [EmbeddedFact("has projects of its own")]
    public async Task Host_WhereIngressesCannotBeRead_IsGiven()
    {
        await using var host = await StartAsync("{name}-{hash}.example.org");
        await MakeAsync(host, "runai-a", HostOf(await (await host.SubmitAsync(Exposed("web"), query: "?dryRun=true")).BodyAsync(HttpStatusCode.OK)));

        await (await host.SubmitAsync(Exposed("web"))).BodyAsync(HttpStatusCode.Created);
    }

    [EmbeddedTheory("has projects of its own")]
    [InlineData("name", 53, "{name}-{hash}.example.org", "must be 1 characters shorter")]
    [InlineData("namePrefix", 44, "{name}-{hash}.example.org", "must be 1 characters shorter")]
    [InlineData("name", 1, "{name}-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx-{project}.{hash}.example.org", "must not be Ingress")]
    public async Task Host_ThatWouldBeTooLong_IsRefused(string field, int length, string template, string because)
    {
        await using var host = await StartAsync(template);
        var tooLong = Exposed("a");
        tooLong.Remove("name");
        (tooLong["type"], tooLong[field]) = ("train", new string('a', length));

        foreach (var query in (string[])["?dryRun=true", ""])
        {
            var problem = await (await host.SubmitAsync(tooLong, query: query)).ProblemAsync(HttpStatusCode.UnprocessableEntity, "INVALID_WORKLOAD");
            Assert.StartsWith(because, (string?)problem["errors"]![because.StartsWith("must not", StringComparison.Ordinal) ? "expose" : field]![0]);
        }
        if (length > 1)
        {
            tooLong[field] = new string('a', length - 1);
            Assert.Equal(63, HostOf(await (await host.SubmitAsync(tooLong)).BodyAsync(HttpStatusCode.Created)).Split('.')[0].Length);
        }
    }

    private static async Task<GatewayHost> StartAsync(string template, string watched = "1000")
    {
        var host = new GatewayHost
        {
            Settings = new() { ["Ingress:HostTemplate"] = template, ["Live:Projects"] = watched },
            Embedded = new EmbeddedClusterOptions { Projects = ["team-a", "a"], MakesPods = false },
        };
        await host.InitializeAsync();
        return host;
    }

    private static JsonObject Exposed(string name)
    {
        var submission = GatewayHost.Build(name);
        (submission["ports"], submission["expose"]) = (new JsonArray(new JsonObject { ["port"] = 8888 }), "Ingress");
        return submission;
    }

    private static string HostOf(JsonObject workload) => (string)workload["endpoints"]![0]!["host"]!;

    private static async Task<string> BatchAsync(GatewayHost host, string mode, JsonObject item)
    {
        using var batch = JsonContent.Create(new JsonObject { ["mode"] = mode, ["items"] = new JsonArray(item) });
        return await (await host.Http.PostAsync("/projects/team-a/workloads/batch", batch)).Content.ReadAsStringAsync();
    }

    private static Task<V1Ingress> MakeAsync(GatewayHost host, string space, string wanted) => host.Cluster.NetworkingV1.CreateNamespacedIngressAsync(
        new()
        {
            Metadata = new() { Name = "theirs" },
            Spec = new() { Rules = [new() { Host = wanted, Http = new() { Paths = [new() { Path = "/", PathType = "Prefix", Backend = new() { Service = new() { Name = "x", Port = new() { Number = 80 } } } }] } }] },
        },
        space);
}
