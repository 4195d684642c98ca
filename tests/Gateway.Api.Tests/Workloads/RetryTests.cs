using System.Net;
using Gateway.Api.Tests.Clusters;
using Gateway.Embedded.Faults;
using k8s;
using k8s.Models;
using Xunit;

namespace Gateway.Api.Tests.Workloads;

/// <summary>What becomes of a request when its calls to the cluster fail once, or again and again.</summary>
public sealed class RetryTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly GatewayHost _gateway = new();

    private string Space => _gateway.Space;

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => ((IAsyncLifetime)_gateway).DisposeAsync();

    ValueTask IAsyncDisposable.DisposeAsync() => _gateway.DisposeAsync();

    [EmbeddedTheory("breaks calls on purpose")]
    [InlineData(FaultKind.DropBefore)]
    [InlineData(FaultKind.DropAfter)]
    [InlineData(FaultKind.CutBody)]
    [InlineData(FaultKind.InternalError)]
    [InlineData(FaultKind.Unavailable)]
    [InlineData(FaultKind.TooManyRequests)]
    public async Task Submission_WhoseCreateFailsOnce_IsCreatedOnce(FaultKind kind)
    {
        _gateway.Faults.Add(new Fault { Kind = kind, Verb = "create", Resource = "jobs", Times = 1 });

        var made = await (await _gateway.SubmitAsync(GatewayHost.Train("a"))).BodyAsync(HttpStatusCode.Created);

        Assert.Equal((string?)made["uid"], Assert.Single(await JobsAsync()).Uid());
    }

    [EmbeddedFact("breaks calls on purpose")]
    public async Task Submission_WhoseAnswersAreAllLost_IsFoundToBeCreated()
    {
        _gateway.Faults.Add(new Fault { Kind = FaultKind.DropAfter, Verb = "create", Resource = "jobs", Times = GatewayHost.Attempts });

        var made = await (await _gateway.SubmitAsync(GatewayHost.Train("a"))).BodyAsync(HttpStatusCode.Created);

        Assert.Equal((string?)made["uid"], Assert.Single(await JobsAsync()).Uid());
    }

    // The quota answers before the name does.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task Submission_WhoseLostCreateTookTheLastOfAQuota_IsFoundToBeCreated()
    {
        await _gateway.LimitAsync(Space, "jobs.batch", 1);
        _gateway.Faults.Add(new Fault { Kind = FaultKind.DropAfter, Verb = "create", Resource = "jobs", Times = 1 });

        var made = await (await _gateway.SubmitAsync(GatewayHost.Train("a"))).BodyAsync(HttpStatusCode.Created);

        Assert.Equal((string?)made["uid"], Assert.Single(await JobsAsync()).Uid());
    }

    [EmbeddedFact("breaks calls on purpose")]
    public async Task Submission_OfAnotherCaller_IsNotTakenForALostOne()
    {
        await _gateway.SubmitAsync(GatewayHost.Train("a"));
        _gateway.Faults.Add(new Fault { Kind = FaultKind.DropBefore, Verb = "create", Resource = "jobs", Times = 1 });

        await (await _gateway.SubmitAsync(GatewayHost.Train("a"))).ProblemAsync(HttpStatusCode.Conflict, "NAME_TAKEN");

        Assert.Single(await JobsAsync());
    }

    [EmbeddedFact("breaks calls on purpose")]
    public async Task Submission_ThatNobodyCanSettle_SaysWhereToLook()
    {
        _gateway.Faults.Add(new Fault { Kind = FaultKind.DropBefore, Verb = "create", Resource = "jobs", Times = GatewayHost.Attempts });

        var response = await _gateway.SubmitAsync(GatewayHost.Train("a"));
        var problem = await response.ProblemAsync(HttpStatusCode.ServiceUnavailable, "CLUSTER_UNAVAILABLE");

        Assert.Equal("unknown", (string?)problem["outcome"]);
        Assert.Equal("/projects/team-a/workloads/a", $"{response.Headers.Location}");
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [EmbeddedTheory("breaks calls on purpose")]
    [InlineData(1, HttpStatusCode.Created)]
    [InlineData(30, HttpStatusCode.TooManyRequests)]
    public async Task ClusterThatAsksToWait_IsWaitedForOrTheCallerIsTold(int seconds, HttpStatusCode status)
    {
        _gateway.Faults.Add(new Fault { Kind = FaultKind.TooManyRequests, Verb = "create", Resource = "jobs", Times = 1, RetryAfterSeconds = seconds });

        var response = await _gateway.SubmitAsync(GatewayHost.Train("a"));

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == HttpStatusCode.Created ? null : TimeSpan.FromSeconds(seconds), response.Headers.RetryAfter?.Delta);
    }

    [EmbeddedTheory("breaks calls on purpose")]
    [InlineData("delete", FaultKind.DropAfter)]
    [InlineData("delete", FaultKind.DropBefore)]
    [InlineData("patch", FaultKind.DropAfter)]
    [InlineData("get", FaultKind.CutBody)]
    public async Task CallOnAWorkload_ThatFailsOnce_IsDone(string verb, FaultKind kind)
    {
        await _gateway.SubmitAsync(GatewayHost.Train("a"));
        _gateway.Faults.Add(new Fault { Kind = kind, Verb = verb, Resource = "jobs", Times = 1 });

        var response = verb switch
        {
            "delete" => await _gateway.Http.DeleteAsync("/projects/team-a/workloads/a?wait=30s"),
            "patch" => await _gateway.Http.PostAsync("/projects/team-a/workloads/a/suspend", null),
            _ => await _gateway.Http.GetAsync("/projects/team-a/workloads/a"),
        };

        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        Assert.Equal(verb == "delete" ? 0 : 1, (await JobsAsync()).Count);
    }

    [EmbeddedTheory("breaks calls on purpose")]
    [InlineData(FaultKind.DropBefore)]
    [InlineData(FaultKind.Unavailable)]
    public async Task FirstList_WhoseCallFailsOnce_IsAnswered(FaultKind kind)
    {
        _gateway.Faults.Add(new Fault { Kind = kind, Verb = "list", Resource = "jobs", Times = 1 });

        await (await _gateway.Http.GetAsync("/projects/team-a/workloads")).BodyAsync(HttpStatusCode.OK);
    }

    private async Task<IList<V1Job>> JobsAsync() => (await _gateway.Cluster.BatchV1.ListNamespacedJobAsync(Space)).Items;
}
