using System.Net;
using System.Text.Json.Nodes;
using Gateway.Api.Projects.Watching;
using Gateway.Api.Tests.Clusters;
using Gateway.Embedded.Faults;
using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Api.Tests.Projects;

/// <summary>Which projects there are is watched; the cluster is asked where that does not tell.</summary>
public sealed class ProjectsWatchTests
{
    private const string InB = "/projects/team-b/workloads";

    // What was listed holds for so long.
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    [EmbeddedFact("counts the cluster's requests")]
    public async Task Requests_OnceWarm_ListNoNamespaces()
    {
        await using var host = await StartWarmAsync(new());
        var before = Lists(host);

        for (var i = 0; i < 20; i++)
        {
            await host.GetAsync(InB);
            await host.GetAsync("/projects");
            await host.GetAsync("/me?project=team-a&project=team-b");
        }

        Assert.Equal(before, Lists(host));
        Assert.Single(host.Accesses, access => IsOfNamespaces(access) && IsWatch(access));
    }

    [EmbeddedFact("keeps the gateway's watch from telling")]
    public async Task Project_MadeAMomentAgo_WorksBeforeTheWatchTells()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await StartWarmAsync(new() { Time = time });
        await LabelAsync(host, null);
        await UntilAsync(host, HttpStatusCode.NotFound);
        await BlindAsync(host);

        await LabelAsync(host, "team-b");
        time.Advance(Window);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host));
    }

    [EmbeddedFact("changes the projects that every test has")]
    public async Task Project_WhoseLabelIsTakenOffOrChanged_IsGone()
    {
        await using var host = await StartWarmAsync(new());

        await LabelAsync(host, null);
        await UntilAsync(host, HttpStatusCode.NotFound);
        Assert.Equal(["team-a"], await NamesAsync(host));
        await LabelAsync(host, "team-b");
        await GatewayHost.UntilAsync(async () => (await NamesAsync(host)).Count == 2);
        await LabelAsync(host, "team-c");
        await UntilAsync(host, HttpStatusCode.NotFound);

        Assert.Equal(["team-a", "team-c"], await NamesAsync(host));
    }

    [EmbeddedFact("changes the projects that every test has")]
    public async Task Project_WhoseNamespaceIsDeleted_IsGone()
    {
        await using var host = await StartWarmAsync(new());

        await host.Cluster.CoreV1.DeleteNamespaceAsync("runai-team-b");

        await UntilAsync(host, HttpStatusCode.NotFound);
        Assert.Equal(["team-a"], await NamesAsync(host));
    }

    [EmbeddedFact("cuts watches and forgets history")]
    public async Task Watch_CutAndItsHistoryGone_LooksAgain()
    {
        await using var host = await StartWarmAsync(new());
        await BlindAsync(host);
        await LabelAsync(host, null);
        // Now the label's removal will never be told.
        host.Faults.ForgetHistory();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host));
        host.Faults.Clear();

        await UntilAsync(host, HttpStatusCode.NotFound);

        await WarmAsync(host);
        Assert.Equal(["team-a"], await NamesAsync(host));
    }

    [EmbeddedFact("cuts watches")]
    public async Task Watch_CutAgainAndAgain_MissesNothing()
    {
        await using var host = await StartWarmAsync(new());
        for (var round = 0; round < 30; round++)
        {
            await LabelAsync(host, $"round-{round}");
            host.Faults.CutWatches();
            if (round % 10 == 5)
                host.Faults.ForgetHistory();
        }

        await GatewayHost.UntilAsync(async () => (await NamesAsync(host)).SequenceEqual(["round-29", "team-a"]));
        await WarmAsync(host);
        Assert.Equal(["round-29", "team-a"], await NamesAsync(host));
    }

    [EmbeddedFact("takes the watch away, and lets time go on")]
    public async Task Watch_BrokenForTooLong_IsNotReliedOn()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await StartWarmAsync(new() { Time = time });
        await BlindAsync(host);
        await LabelAsync(host, null);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host));

        time.Advance(TimeSpan.FromMinutes(4));

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(host));
        Assert.Equal(["team-a"], await NamesAsync(host));
    }

    [EmbeddedFact("takes rights away from everyone, and lets time go on")]
    public async Task Watch_NotAllowed_IsDoneWithoutAndTriedAgain()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = new GatewayHost { Time = time };
        await host.InitializeAsync();
        await AllowAsync(host, "get", "list");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host));
        await GatewayHost.UntilAsync(() => Task.FromResult(host.Accesses.Any(access => IsOfNamespaces(access) && IsWatch(access))));
        await GatewayHost.UntilAsync(() => Task.FromResult(!IsWatched(host)));

        await LabelAsync(host, null);
        time.Advance(Window);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(host));
        await LabelAsync(host, "team-b");
        time.Advance(Window);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host));

        await AllowAsync(host, "get", "list", "watch");
        time.Advance(TimeSpan.FromMinutes(6));
        await WarmAsync(host);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host));
    }

    [EmbeddedFact("changes the projects that every test has")]
    public async Task Name_OnTwoNamespaces_IsAmbiguousUntilItIsOnOne()
    {
        await using var host = await StartWarmAsync(new());
        await LabelAsync(host, "team-a");

        await GatewayHost.UntilAsync(async () => await StatusAsync(host, "/projects/team-a/workloads") == HttpStatusCode.Conflict);
        await (await host.Http.GetAsync("/projects/team-a/workloads")).ProblemAsync(HttpStatusCode.Conflict, "AMBIGUOUS_PROJECT");
        await LabelAsync(host, "team-b");
        await GatewayHost.UntilAsync(async () => await StatusAsync(host, "/projects/team-a/workloads") == HttpStatusCode.OK);
    }

    [EmbeddedFact("keeps the gateway's watch from telling")]
    public async Task Name_OnTwoNamespacesThatNobodyToldOf_IsAmbiguousAtOnce()
    {
        await using var host = await StartWarmAsync(new());
        await BlindAsync(host);
        await LabelAsync(host, "twice");
        await LabelAsync(host, "twice", "runai-team-a");

        await (await host.Http.GetAsync("/projects/twice/workloads")).ProblemAsync(HttpStatusCode.Conflict, "AMBIGUOUS_PROJECT");
    }

    private static bool IsOfNamespaces((string User, string Method, string Path) access) =>
        access.User == "system:serviceaccount:workload-gateway:workload-gateway" && access.Path.StartsWith("/api/v1/namespaces?", StringComparison.Ordinal);

    private static bool IsWatch((string User, string Method, string Path) access) => access.Path.Contains("watch=true", StringComparison.Ordinal);

    private static int Lists(GatewayHost host) => host.Accesses.Count(access => IsOfNamespaces(access) && !IsWatch(access));

    private static async Task<GatewayHost> StartWarmAsync(GatewayHost host)
    {
        await host.InitializeAsync();
        await WarmAsync(host);
        return host;
    }

    // Until what the watch tells is relied on.
    private static Task WarmAsync(GatewayHost host) => GatewayHost.UntilAsync(() => Task.FromResult(IsWatched(host)));

    private static bool IsWatched(GatewayHost host) => host.Services.GetRequiredService<ProjectsWatch>().Known is not null;

    // The watch breaks, and cannot be begun again; what it told last is still relied on for a while.
    private static async Task BlindAsync(GatewayHost host)
    {
        const int Many = 1_000_000;
        host.Faults.Add(new() { Kind = FaultKind.DropBefore, Verb = "watch", Resource = "namespaces", Times = Many });
        host.Faults.CutWatches();
        await GatewayHost.UntilAsync(() => Task.FromResult(host.Faults.Faults.Single().Times < Many));
    }

    private static async Task LabelAsync(GatewayHost host, string? project, string space = "runai-team-b") => await host.Cluster.CoreV1.PatchNamespaceAsync(
        new V1Patch(new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["runai/queue"] = project } } }.ToJsonString(), V1Patch.PatchType.MergePatch), space);

    private static async Task AllowAsync(GatewayHost host, params string[] verbs)
    {
        var role = await host.Cluster.RbacAuthorizationV1.ReadClusterRoleAsync("workload-gateway");
        role.Rules.Single(rule => rule.Resources.Contains("namespaces")).Verbs = verbs;
        await host.Cluster.RbacAuthorizationV1.ReplaceClusterRoleAsync(role, "workload-gateway");
    }

    private static async Task<HttpStatusCode> StatusAsync(GatewayHost host, string path = InB) => (await host.Http.GetAsync(path)).StatusCode;

    private static async Task<IReadOnlyList<string>> NamesAsync(GatewayHost host) =>
        [.. (await host.GetAsync("/projects"))["items"]!.AsArray().Select(item => (string)item!["name"]!)];

    private static Task UntilAsync(GatewayHost host, HttpStatusCode status) => GatewayHost.UntilAsync(async () => await StatusAsync(host) == status);
}
