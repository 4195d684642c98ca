using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Gateway.Api.Tests.Clusters;
using Gateway.Embedded.Faults;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Api.Tests.Workloads;

/// <summary>A project's quotas and limit ranges refuse pods; that is told before the workload is there.</summary>
public sealed class PodAdmissionTests : IAsyncLifetime, IAsyncDisposable
{
    private const string Gpus = "requests.nvidia.com/gpu";
    private const string DryRun = "?dryRun=true";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly GatewayHost _gateway;

    public PodAdmissionTests() => _gateway = new() { Time = _time, Embedded = new() { MakesPods = false } };

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => ((IAsyncLifetime)_gateway).DisposeAsync();

    ValueTask IAsyncDisposable.DisposeAsync() => _gateway.DisposeAsync();

    [EmbeddedTheory("a quota counts at once")]
    [InlineData("")]
    [InlineData(DryRun)]
    public async Task Submission_WithoutRoomInTheQuota_IsRefusedAtOnce(string query)
    {
        await FillAsync();

        var problem = await (await _gateway.SubmitAsync(GatewayHost.Train("a"), query: query)).ProblemAsync(HttpStatusCode.Forbidden, "QUOTA_EXCEEDED");

        Assert.Equal((true, "none"), ((bool)problem["retryable"]!, (string?)problem["outcome"]));
        Assert.Equal("gpu.count asks for 1, and 2 of 2 is used: the quota q of the project.", (string?)problem["detail"]);
        Assert.Empty(await JobsAsync());
    }

    [EmbeddedTheory("a quota counts at once")]
    [InlineData("", false)]
    [InlineData(DryRun, false)]
    [InlineData("", true)]
    [InlineData(DryRun, true)]
    public async Task Submission_OfMoreThanTheQuotaHas_IsRefusedForGood(string query, bool suspended)
    {
        await LimitAsync(Gpus, "2");
        var train = GatewayHost.Train("a");
        (train["gpu"]!["count"], train["suspended"]) = (3, suspended);

        var problem = await (await _gateway.SubmitAsync(train, query: query)).ProblemAsync(HttpStatusCode.Forbidden, "QUOTA_EXCEEDED");

        Assert.False((bool)problem["retryable"]!);
        Assert.Equal("asks for 3, and 2 is all there is: the quota q of the project", (string?)problem["errors"]!["gpu.count"]![0]);
        Assert.Empty(await JobsAsync());
    }

    // It has no pod before it is resumed.
    [EmbeddedTheory("a quota counts at once")]
    [InlineData("", HttpStatusCode.Created)]
    [InlineData(DryRun, HttpStatusCode.OK)]
    public async Task SuspendedTrain_WithoutRoomInTheQuota_IsTaken(string query, HttpStatusCode status)
    {
        await FillAsync();
        var train = GatewayHost.Train("a");
        train["suspended"] = true;

        await (await _gateway.SubmitAsync(train, query: query)).BodyAsync(status);
    }

    [EmbeddedFact("a quota counts at once")]
    public async Task Retry_WhoseWorkloadFilledTheQuota_FindsIt()
    {
        await LimitAsync(Gpus, "2");
        var made = await (await _gateway.SubmitAsync(GatewayHost.Train("a"), key: "k")).BodyAsync(HttpStatusCode.Created);
        await RunPodAsync(gpus: 2);

        var again = await (await _gateway.SubmitAsync(GatewayHost.Train("a"), key: "k")).BodyAsync(HttpStatusCode.OK);

        Assert.Equal((string?)made["uid"], (string?)again["uid"]);
    }

    [EmbeddedFact("a quota counts at once")]
    public async Task Batch_WithoutRoomForOne_RefusesThatOne()
    {
        await LimitAsync(Gpus, "2");
        var big = GatewayHost.Train("big");
        big["gpu"]!["count"] = 3;

        var response = await SubmitBatchAsync(new() { ["items"] = new JsonArray(GatewayHost.Train("small"), big) });

        var items = (await response.BodyAsync(HttpStatusCode.OK))["items"]!.AsArray();
        Assert.Equal([201, 403], items.Select(item => (int)item!["status"]!));
        Assert.Equal(("QUOTA_EXCEEDED", false), ((string?)items[1]!["problem"]!["code"], (bool)items[1]!["problem"]!["retryable"]!));
    }

    [EmbeddedFact("a quota counts at once")]
    public async Task Batch_ThatIsValidatedFirst_WithoutRoom_NamesTheItem()
    {
        await FillAsync();
        var small = GatewayHost.Train("small");
        small["gpu"] = null;

        var response = await SubmitBatchAsync(new() { ["mode"] = "validateFirst", ["items"] = new JsonArray(small, GatewayHost.Train("big")) });

        var problem = await response.ProblemAsync(HttpStatusCode.Forbidden, "QUOTA_EXCEEDED");
        Assert.Equal("items[1].gpu.count", problem["errors"]!.AsObject().Single().Key);
        Assert.Empty(await JobsAsync());
    }

    [EmbeddedTheory("a quota counts at once")]
    [InlineData("")]
    [InlineData(DryRun)]
    public async Task Submission_WithoutTheLimitThatTheQuotaCounts_IsToldWhichToGive(string query)
    {
        await LimitAsync("limits.cpu", "8");

        var problem = await (await _gateway.SubmitAsync(GatewayHost.Train("a"), query: query)).ProblemAsync(HttpStatusCode.Forbidden, "POLICY_DENIED");

        Assert.False((bool)problem["retryable"]!);
        Assert.Equal("cpu.limit must be given: the quota q of the project.", (string?)problem["detail"]);
    }

    [EmbeddedTheory("admits at once")]
    [InlineData("""{"type": "Container", "max": {"cpu": "1"}}""", """{"cpu": {"limit": "2"}}""", 403, "POLICY_DENIED", "cpu.limit", "must be at most 1, and is 2: the project's LimitRange")]
    [InlineData("""{"type": "Container", "min": {"memory": "1Gi"}}""", """{"memory": {"request": "512Mi"}}""", 403, "POLICY_DENIED", "memory.request", "must be at least 1Gi, and is 512Mi: the project's LimitRange")]
    [InlineData("""{"type": "Pod", "max": {"memory": "1Gi"}}""", "{}", 403, "POLICY_DENIED", "memory.limit", "must be given, and at most 1Gi: the project's LimitRange")]
    [InlineData("""{"type": "Container", "maxLimitRequestRatio": {"cpu": "2"}}""", """{"cpu": {"request": "1", "limit": "4"}}""", 403, "POLICY_DENIED", "cpu.limit", "must be at most 2 times the request, and is 4 times: the project's LimitRange")]
    [InlineData("""{"type": "Container", "max": {"nvidia.com/gpu": "500m"}}""", "{}", 403, "POLICY_DENIED", "gpu.count", "must be at most 500m, and is 1: the project's LimitRange")]
    [InlineData("""{"type": "Container", "default": {"cpu": "500m"}}""", """{"cpu": {"request": "2"}}""", 422, "INVALID_WORKLOAD", "cpu.request", "must be at most 500m where cpu.limit is not given: the project's LimitRange")]
    [InlineData("""{"type": "PersistentVolumeClaim", "max": {"storage": "1Gi"}}""", """{"volumes": [{"mountPath": "/d", "newClaim": {"size": "2Gi"}}]}""", 403, "POLICY_DENIED", "volumes[0].newClaim.size", "must be at most 1Gi, and is 2Gi: the project's LimitRange")]
    public async Task Submission_OutsideTheLimitRange_IsToldWhichFieldIs(string limit, string fields, int status, string code, string path, string message)
    {
        await _gateway.Cluster.CoreV1.CreateNamespacedLimitRangeAsync(new() { Metadata = new() { Name = "l" }, Spec = new() { Limits = [KubernetesJson.Deserialize<V1LimitRangeItem>(limit)] } }, _gateway.Space);
        var train = GatewayHost.Train("a");
        foreach (var (name, value) in JsonNode.Parse(fields)!.AsObject())
        {
            train[name] = value!.DeepClone();
        }

        foreach (var query in (string[])["", DryRun])
        {
            var problem = await (await _gateway.SubmitAsync(train, query: query)).ProblemAsync((HttpStatusCode)status, code);
            Assert.Equal((path, message, false, "none"), (problem["errors"]!.AsObject().Single().Key, (string?)problem["errors"]![path]![0], (bool)problem["retryable"]!, (string?)problem["outcome"]));
        }
        Assert.Empty(await JobsAsync());
    }

    [EmbeddedFact("counts calls")]
    public async Task Submission_InAProjectWithoutLimits_AsksForThemRarely_AndForNoPod()
    {
        await _gateway.SubmitAsync(GatewayHost.Train("a"));
        await _gateway.SubmitAsync(GatewayHost.Train("b"));
        Assert.Equal(["GET limitranges", "GET resourcequotas"], Asked());

        await FillAsync();
        _time.Advance(TimeSpan.FromSeconds(11));
        await (await _gateway.SubmitAsync(GatewayHost.Train("c"))).ProblemAsync(HttpStatusCode.Forbidden, "QUOTA_EXCEEDED");
        Assert.Equal(["GET limitranges", "GET limitranges", "GET resourcequotas", "GET resourcequotas", "POST pods"], Asked());

        IEnumerable<string> Asked() => _gateway.Accesses.Where(access => access.User.EndsWith(":workload-gateway", StringComparison.Ordinal))
            .Select(access => $"{access.Method} {access.Path.Split('?')[0].Split('/')[^1]}").Where(call => call.Contains("limitranges") || call.Contains("quotas") || call == "POST pods").Order();
    }

    // Nobody knows then what becomes of the pods.
    [EmbeddedTheory("breaks calls on purpose")]
    [InlineData("list", "resourcequotas", 403, "resourcequotas is forbidden: User \"x\" cannot list resource \"resourcequotas\" in API group \"\" in the namespace \"n\"")]
    [InlineData("list", "limitranges", 500, "etcdserver: no leader")]
    [InlineData("create", "pods", 403, "pods is forbidden: User \"x\" cannot create resource \"pods\" in API group \"\" in the namespace \"n\"")]
    [InlineData("create", "pods", 400, "admission webhook \"w\" does not support dry run")]
    [InlineData("create", "pods", 500, "Internal error occurred: failed calling webhook \"w\": no route to host")]
    public async Task Submission_WhereTheClusterDoesNotSay_IsTaken(string verb, string resource, int code, string message)
    {
        await LimitAsync(Gpus, "0");
        _gateway.Faults.Add(new Fault { Kind = FaultKind.Refusal, Verb = verb, Resource = resource, Code = code, Message = message, Times = GatewayHost.Attempts });

        var train = GatewayHost.Train("a");
        var answer = _gateway.SubmitAsync(train);
        while (!answer.IsCompleted)
        {
            // What is sent again waits for the clock.
            _time.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Delay(5);
        }

        await (await answer).BodyAsync(HttpStatusCode.Created);
    }

    private Task LimitAsync(string resource, string most) => _gateway.Cluster.CoreV1.CreateNamespacedResourceQuotaAsync(
        new() { Metadata = new() { Name = "q" }, Spec = new() { Hard = new Dictionary<string, ResourceQuantity> { [resource] = new(most) } } }, _gateway.Space);

    private Task<HttpResponseMessage> SubmitBatchAsync(JsonObject batch) => _gateway.Http.PostAsync(
        new Uri("/projects/team-a/workloads/batch", UriKind.Relative), new StringContent(batch.ToJsonString(), new MediaTypeHeaderValue("application/json")));

    private async Task FillAsync()
    {
        await RunPodAsync(gpus: 2);
        await LimitAsync(Gpus, "2");
    }

    private Task RunPodAsync(int gpus) => _gateway.Cluster.CoreV1.CreateNamespacedPodAsync(
        new()
        {
            Metadata = new() { Name = "other" },
            Spec = new() { Containers = [new() { Name = "main", Image = "busybox", Resources = new() { Limits = new Dictionary<string, ResourceQuantity> { ["nvidia.com/gpu"] = new($"{gpus}") } } }] },
        }, _gateway.Space);

    private async Task<IList<V1Job>> JobsAsync() => (await _gateway.Cluster.BatchV1.ListNamespacedJobAsync(_gateway.Space)).Items;
}
