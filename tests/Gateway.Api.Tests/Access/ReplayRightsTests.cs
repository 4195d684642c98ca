using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gateway.Api.Tests.Clusters;
using Gateway.Core.Manifests;
using Gateway.Embedded.Faults;
using k8s;
using k8s.Models;
using Xunit;

namespace Gateway.Api.Tests.Access;

/// <summary>What a submission tells of the workload that has its name: to whoever may get that, and to others.</summary>
public sealed class ReplayRightsTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private const string Workloads = "/projects/team-a/workloads";
    private const string Key = "k1";

    public static TheoryData<string> Ways => ["plain", "dry run", "best effort", "validate first"];

    [EmbeddedTheory("a right counts at once")]
    [MemberData(nameof(Ways))]
    public async Task Name_ThatIsTaken_SaysByWhatToWhoMayGetIt(string way)
    {
        var name = await TakenAsync(GatewayHost.Build);
        var stranger = await SubmitAsync(way, await gateway.InviteAsync("create jobs"), GatewayHost.Train(name));
        var reader = await SubmitAsync(way, await gateway.InviteAsync("create jobs", "get statefulsets"), GatewayHost.Train(name));

        Assert.Contains($"The name {name} is taken.", stranger.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("build", stranger.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"uid\"", stranger.Text, StringComparison.Ordinal);
        Assert.Null(stranger.Location);
        Assert.Contains("is taken by a build", reader.Text, StringComparison.Ordinal);
        Assert.Equal(way is "plain" or "dry run" ? $"{Workloads}/{name}" : null, reader.Location);
    }

    [EmbeddedTheory("a right counts at once")]
    [InlineData("plain", false)]
    [InlineData("plain", true)]
    [InlineData("best effort", false)]
    [InlineData("best effort", true)]
    [InlineData("validate first", false)]
    [InlineData("validate first", true)]
    public async Task Key_OfAnothersWorkload_TellsNoMoreThanThatTheNameIsTaken(string way, bool otherBody)
    {
        var name = await TakenAsync(GatewayHost.Train);
        var stranger = await gateway.InviteAsync("create jobs", "create statefulsets", "list jobs", "list pods");
        var body = GatewayHost.Train(name);
        if (otherBody)
            body["image"] = "another";

        var (replayed, refused) = (await SubmitAsync(way, stranger, body, Key), await SubmitAsync(way, stranger, GatewayHost.Build(name)));

        Assert.Contains($"The name {name} is taken.", replayed.Text, StringComparison.Ordinal);
        Assert.Equal(refused.Same, replayed.Same);
        Assert.Null(replayed.Location);
    }

    [EmbeddedFact("a right counts at once")]
    public async Task Key_OfAnothersWorkload_ShowsItToWhoMayGetIt()
    {
        var name = await TakenAsync(GatewayHost.Train);
        var reader = await gateway.InviteAsync("create jobs", "get jobs");

        var shown = await (await gateway.SendAsync(reader, "POST", Workloads, GatewayHost.Train(name), Key)).BodyAsync(HttpStatusCode.OK);

        Assert.Equal(name, (string?)shown["name"]);
        Assert.Null(shown["pods"]);
    }

    [EmbeddedFact("a right counts at once")]
    public async Task Key_OfOnesOwnWorkload_ShowsItAsItWasSubmitted()
    {
        var (name, own) = ($"w{Guid.NewGuid():N}"[..20], await gateway.InviteAsync("create statefulsets"));
        var first = await (await gateway.SendAsync(own, "POST", Workloads, GatewayHost.Build(name), Key)).BodyAsync(HttpStatusCode.Created);
        await gateway.UntilAsync(name, "Running");

        var again = await (await gateway.SendAsync(own, "POST", Workloads, GatewayHost.Build(name), Key)).BodyAsync(HttpStatusCode.OK);

        Assert.Equal("Unknown", (string?)again["phase"]);
        foreach (var members in (JsonObject[])[first, again])
        {
            members.Remove("phase");
            members.Remove("pods");
        }
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
    }

    [EmbeddedFact("a right counts at once")]
    public async Task Key_OfOnesOwnWorkload_WithAnotherBody_IsRefusedAsSuch()
    {
        var (name, own) = ($"w{Guid.NewGuid():N}"[..20], await gateway.InviteAsync("create jobs"));
        await (await gateway.SendAsync(own, "POST", Workloads, GatewayHost.Train(name), Key)).BodyAsync(HttpStatusCode.Created);
        var body = GatewayHost.Train(name);
        body["image"] = "another";

        await (await gateway.SendAsync(own, "POST", Workloads, body, Key)).ProblemAsync(HttpStatusCode.UnprocessableEntity, "IDEMPOTENCY_KEY_REUSED");
    }

    // Whoever submits the name next finishes the undoing, and learns nothing by it.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task Name_OfWhatIsBeingUndone_TellsNoUid()
    {
        var (name, stranger) = (await TakenAsync(GatewayHost.Build), await gateway.InviteAsync("create statefulsets"));
        await gateway.Cluster.AppsV1.PatchNamespacedStatefulSetAsync(
            new V1Patch($$"""{"metadata": {"annotations": {"{{OwnKeys.Settled}}": "undone"} } }""", V1Patch.PatchType.MergePatch), name, gateway.Space);
        gateway.Faults.Add(new Fault { Kind = FaultKind.Unavailable, Verb = "delete", Resource = "statefulsets" });

        var problem = await (await gateway.SendAsync(stranger, "POST", Workloads, GatewayHost.Build(name))).ProblemAsync(HttpStatusCode.ServiceUnavailable, "CLUSTER_UNAVAILABLE");
        gateway.Faults.Clear();

        Assert.Null(problem["uid"]);
    }

    private async Task<string> TakenAsync(Func<string, JsonObject> submission)
    {
        var name = $"w{Guid.NewGuid():N}"[..20];
        (await gateway.SendAsync(gateway.AdminToken, "POST", Workloads, submission(name), Key)).EnsureSuccessStatusCode();
        return name;
    }

    private async Task<Told> SubmitAsync(string way, string token, JsonObject body, string? key = null)
    {
        var batch = way is "best effort" or "validate first";
        var path = Workloads + (batch ? "/batch" : way == "dry run" ? "?dryRun=true" : "");
        if (key is not null && batch)
            body["idempotencyKey"] = key;
        var sent = batch ? new JsonObject { ["mode"] = way == "best effort" ? "bestEffort" : "validateFirst", ["items"] = new JsonArray(body) } : body;
        var answer = await gateway.SendAsync(token, "POST", path, sent, batch ? null : key);
        return new(await answer.Content.ReadAsStringAsync(), answer.Headers.Location?.ToString());
    }

    private sealed record Told(string Text, string? Location)
    {
        // All but the number of the request.
        public string Same => Regex.Replace(Text, "\"traceId\":\"[^\"]*\"", "");
    }
}
