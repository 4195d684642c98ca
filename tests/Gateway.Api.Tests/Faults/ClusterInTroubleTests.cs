using System.Net;
using System.Net.Sockets;
using Gateway.Api.Tests.Clusters;
using Gateway.Embedded.Faults;
using Gateway.Embedded.Hosting;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Api.Tests.Faults;

/// <summary>A cluster that cannot be reached, that is slow, or that asks to wait: what callers are told, and what it has to bear.</summary>
public sealed class ClusterInTroubleTests
{
    private const int Limit = 2;
    private const int Slow = 100;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [EmbeddedFact("breaks calls on purpose")]
    public async Task ClusterThatIsGone_IsSaidToBe_WithinTwoSeconds()
    {
        var (gateway, time) = await StartAsync();
        await using var _ = gateway;
        gateway.Faults.Add(new Fault { Kind = FaultKind.DropBefore });

        var began = time.GetUtcNow();
        var response = await PassAsync(time, gateway.SubmitAsync(GatewayHost.Train("a")));

        await response.ProblemAsync(HttpStatusCode.ServiceUnavailable, "CLUSTER_UNAVAILABLE");
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.InRange(time.GetUtcNow() - began, TimeSpan.Zero, Soon);
    }

    [EmbeddedFact("breaks calls on purpose")]
    public async Task ClusterThatIsGone_IsAskedOnceASecond_UntilItIsBack()
    {
        var (gateway, time) = await StartAsync();
        await using var _ = gateway;
        gateway.Faults.Add(new Fault { Kind = FaultKind.DropBefore, Times = 1000 });
        // Little steps: the last of these opens it, or is the call that tries, whose failure begins another second.
        for (var i = 0; i < 6; i++)
            await PassAsync(time, gateway.SubmitAsync(GatewayHost.Train($"lost-{i}")), TimeSpan.FromMilliseconds(5));

        var before = gateway.Faults.Faults[0].Times;
        var refused = await gateway.SubmitAsync(GatewayHost.Train("a"));
        var problem = await refused.ProblemAsync(HttpStatusCode.ServiceUnavailable, "CLUSTER_UNAVAILABLE");
        Assert.Equal("none", (string?)problem["outcome"]);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        Assert.Equal(before, gateway.Faults.Faults[0].Times);

        gateway.Faults.Clear();
        time.Advance(TimeSpan.FromSeconds(1.1));
        await (await gateway.SubmitAsync(GatewayHost.Train("a"))).BodyAsync(HttpStatusCode.Created);
    }

    // Of two calls at once, one tries whether the cluster is back, and the other one waits for what it finds.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task ClusterThatIsBack_IsFoundByARequestOfSeveralCalls()
    {
        var (gateway, time) = await StartAsync();
        await using var _ = gateway;
        gateway.Faults.Add(new Fault { Kind = FaultKind.DropBefore, Times = 1000 });
        for (var i = 0; i < 6; i++)
            await PassAsync(time, gateway.SubmitAsync(GatewayHost.Train($"lost-{i}")), TimeSpan.FromMilliseconds(5));

        gateway.Faults.Clear();
        time.Advance(TimeSpan.FromSeconds(1.1));

        await (await PassAsync(time, gateway.Http.GetAsync("/projects/team-a/workloads/none"))).ProblemAsync(HttpStatusCode.NotFound, "WORKLOAD_NOT_FOUND");
    }

    // 429 of one tenant says nothing of the server.
    [EmbeddedTheory("breaks calls on purpose")]
    [InlineData(FaultKind.TooManyRequests)]
    [InlineData(FaultKind.InternalError)]
    public async Task ProjectThatIsRefused_KeepsNoOtherFromTheCluster(FaultKind kind)
    {
        var (gateway, time) = await StartAsync();
        await using var _ = gateway;
        gateway.Faults.Add(new Fault { Kind = kind, Namespace = gateway.SpaceOf("team-b"), RetryAfterSeconds = 0 });
        for (var i = 0; i < 12; i++)
            await PassAsync(time, gateway.SubmitAsync(GatewayHost.Train($"b-{i}"), "team-b"));

        await (await gateway.SubmitAsync(GatewayHost.Train("a"))).BodyAsync(HttpStatusCode.Created);
    }

    [EmbeddedFact("breaks calls on purpose")]
    public async Task ProjectWhoseCallsAllFail_IsNotSentAgainFourTimesEach()
    {
        var (gateway, time) = await StartAsync();
        await using var _ = gateway;
        const int Submissions = 20;
        gateway.Faults.Add(new Fault { Kind = FaultKind.TooManyRequests, Verb = "create", Resource = "jobs", RetryAfterSeconds = 0, Times = 1000 });
        for (var i = 0; i < Submissions; i++)
            await (await PassAsync(time, gateway.SubmitAsync(GatewayHost.Train($"a-{i}")))).ProblemAsync(HttpStatusCode.TooManyRequests, "TOO_MANY_REQUESTS");

        Assert.InRange(1000 - gateway.Faults.Faults[0].Times!.Value, Submissions, 2 * Submissions);
    }

    // The slow project's calls never come back; it has its share of the gateway, and no more.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task ProjectThatIsSlow_KeepsNoOtherWaiting()
    {
        var (gateway, time) = await StartAsync(new() { ["Cluster:Operations:PerProject"] = $"{Limit}", ["Cluster:Operations:Waiting"] = $"{Limit}", ["Cluster:Operations:Total"] = $"{Limit + 1}" });
        await using var _ = gateway;
        gateway.Faults.Add(new Fault { Kind = FaultKind.Delay, Seconds = 30, Verb = "create", Resource = "jobs", Namespace = gateway.SpaceOf("team-b") });

        // Half of what the project may have at work, so many waiting, and one too many.
        var slow = Enumerable.Range(0, (Limit / 2) + Limit + 1).Select(i => gateway.SubmitAsync(GatewayHost.Train($"b-{i}"), "team-b")).ToList();
        var refused = await Task.WhenAny(slow);
        await (await refused).ProblemAsync(HttpStatusCode.TooManyRequests, "TOO_MANY_REQUESTS");
        for (var i = 0; i < 10; i++)
            await (await gateway.SubmitAsync(GatewayHost.Train($"a-{i}"))).BodyAsync(HttpStatusCode.Created);

        Assert.NotNull((await refused).Headers.RetryAfter);
        slow.Remove(refused);
        Assert.All(slow, one => Assert.False(one.IsCompleted));
        foreach (var one in slow)
            Assert.Equal(HttpStatusCode.Created, (await PassAsync(time, one, TimeSpan.FromSeconds(5))).StatusCode);
    }

    // A submission holds its name for as long as it lasts, and nothing but its name.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task SubmissionsThatAreSlow_KeepNoOtherNameWaiting()
    {
        var (gateway, time) = await StartAsync();
        await using var _ = gateway;
        gateway.Faults.Add(new Fault { Kind = FaultKind.Delay, Seconds = 30, Verb = "create", Resource = "jobs", Namespace = gateway.SpaceOf("team-b") });
        var slow = Enumerable.Range(0, Slow).Select(i => gateway.SubmitAsync(GatewayHost.Train($"b-{i}"), "team-b")).ToList();
        await GatewayHost.UntilAsync(() => Task.FromResult(gateway.Faults.Holds));

        for (var i = 0; i < 150; i++)
            await (await gateway.SubmitAsync(GatewayHost.Train($"a-{i}")).WaitAsync(Patience)).BodyAsync(HttpStatusCode.Created);

        Assert.All(slow, one => Assert.False(one.IsCompleted));
        foreach (var one in slow)
            Assert.Equal(HttpStatusCode.Created, (await PassAsync(time, one, TimeSpan.FromSeconds(5))).StatusCode);
    }

    // Its connections are never taken: the gateway does not wait for a call's whole time.
    [Fact]
    public async Task ClusterThatSwallowsConnections_IsSaidToBeOutOfReach()
    {
        using var hole = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        hole.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        hole.Listen(0);
        var address = (IPEndPoint)hole.LocalEndPoint!;
        using var first = new TcpClient();
        await first.ConnectAsync(address);
        using var second = new TcpClient();
        // Its queue holds one or two; what comes then is never answered.
        _ = second.ConnectAsync(address);
        var fleet = Path.Combine(Path.GetTempPath(), $"gateway-hole-{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(fleet, Kubeconfig.For(new Uri($"http://{address}"), "t"));
        await using var gateway = new GatewayHost
        {
            Settings = new() { ["Cluster:Mode"] = "Kubeconfig", ["Cluster:Kubeconfig"] = fleet, ["Cluster:ConnectTimeout"] = "00:00:00.05", ["Authentication:Mode"] = "Anonymous", ["Authentication:AllowAnonymous"] = "true" },
        };
        using var http = gateway.CreateClient();

        var response = await http.GetAsync(new Uri("/projects/team-a/workloads", UriKind.Relative));

        File.Delete(fleet);
        await response.ProblemAsync(HttpStatusCode.ServiceUnavailable, "CLUSTER_UNAVAILABLE");
        Assert.NotNull(response.Headers.RetryAfter);
    }

    // A train without anything beside it is one call, once the project is known.
    [EmbeddedFact("counts calls")]
    public async Task Submission_InTheSteadyState_IsOneCall()
    {
        var (gateway, _) = await StartAsync();
        await using var __ = gateway;
        await gateway.SubmitAsync(GatewayHost.Train("first"));
        await gateway.GetAsync("/projects/team-a/workloads/first");
        gateway.Accesses.Clear();

        await (await gateway.SubmitAsync(GatewayHost.Train("second"), key: "k2")).BodyAsync(HttpStatusCode.Created);
        await gateway.GetAsync("/projects/team-a/workloads/second");

        Assert.Equal(["POST /apis/batch/v1/namespaces/runai-team-a/jobs"], gateway.Accesses.Where(access => access.Path.Contains("/namespaces/", StringComparison.Ordinal)).Select(access => $"{access.Method} {access.Path.Split('?')[0]}"));
    }

    // Before a change the cluster says what has the name; pods and events are known.
    [EmbeddedFact("counts calls")]
    public async Task Changes_InTheSteadyState_AskForTheObjectAlone()
    {
        var (gateway, _) = await StartAsync();
        await using var __ = gateway;
        await gateway.SubmitAsync(GatewayHost.Train("first"));
        await gateway.GetAsync("/projects/team-a/workloads/first");
        using var http = gateway.CreateClient();
        var train = new Uri("/projects/team-a/workloads/first", UriKind.Relative);

        gateway.Accesses.Clear();
        Assert.Equal(HttpStatusCode.Accepted, (await http.PostAsync(new Uri($"{train}/suspend", UriKind.Relative), content: null)).StatusCode);
        Assert.Equal(["GET jobs", "GET statefulsets", "PATCH jobs"], Calls(gateway).Order());

        gateway.Accesses.Clear();
        Assert.Equal(HttpStatusCode.Accepted, (await http.DeleteAsync(train)).StatusCode);
        Assert.Equal(["DELETE jobs", "GET jobs", "GET jobs", "GET statefulsets"], Calls(gateway).Order());

        static IEnumerable<string> Calls(GatewayHost gateway) => gateway.Accesses.Where(access => access.Path.Contains("/namespaces/", StringComparison.Ordinal)).Select(access => $"{access.Method} {access.Path.Split('?')[0].Split('/')[^2]}");
    }

    private static async Task<(GatewayHost Gateway, FakeTimeProvider Time)> StartAsync(Dictionary<string, string>? settings = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
        var gateway = new GatewayHost { Time = time, Embedded = new() { MakesPods = false }, Settings = settings ?? [] };
        await gateway.InitializeAsync();
        // Both projects are known, and their accounts have tokens.
        foreach (var project in (string[])["team-a", "team-b"])
            await gateway.GetAsync($"/projects/{project}/workloads");
        // What went well until now is forgotten.
        time.Advance(TimeSpan.FromSeconds(5));
        return (gateway, time);
    }

    private static async Task<T> PassAsync<T>(FakeTimeProvider time, Task<T> request, TimeSpan? step = null)
    {
        while (!request.IsCompleted)
        {
            await Task.WhenAny(request, Task.Delay(20));
            if (!request.IsCompleted)
                time.Advance(step ?? TimeSpan.FromMilliseconds(50));
        }
        return await request;
    }
}
