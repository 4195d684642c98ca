using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Gateway.Api.Tests.Workloads.Digits;

/// <summary>No digits but ASCII: those of other scripts are refused where text has a form.</summary>
public sealed class DigitsTests(LenientGateway lenient) : IClassFixture<LenientGateway>
{
    // A full-width one, an Arabic-Indic three, a Devanagari five, and a circled two, which is no decimal digit.
    private static readonly string[] Foreign = ["１", "٣", "५", "②"];

    // What may be any text.
    private static readonly string[] Free =
    [
        "user", "workingDir", "command[]", "args[]", "env[].value", "annotations[]",
        "volumes[].mountPath", "volumes[].subPath", "volumes[].hostPath.path", "volumes[].nfs.path",
        "readinessProbe.httpGet.path", "readinessProbe.exec.command[]",
    ];

    private static readonly HttpStatusCode[] Refused = [HttpStatusCode.UnprocessableEntity];

    // A path is one only with a / before it.
    private static readonly HttpStatusCode[] Taken = [HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity];

    public static TheoryData<string> Paths => [.. SubmissionTexts.Paths];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Submit_WithForeignDigitsInAText_IsTakenOrRefusedAndNeverBreaks(string path)
    {
        foreach (var digit in Foreign)
        {
            var exchanged = SubmissionTexts.With(path, text => Exchanged(text, digit));
            var alone = SubmissionTexts.With(path, _ => digit);

            var answers = (await AnswerAsync(exchanged), await AnswerAsync(alone));

            Assert.Equal(Free.Contains(path) ? HttpStatusCode.OK : HttpStatusCode.UnprocessableEntity, answers.Item1);
            Assert.Contains(answers.Item2, Free.Contains(path) ? Taken : Refused);
        }
    }

    // Or else what is refused above might be refused for another reason.
    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Accepts_TheStoriesWithDigitsOfTheirOwn(string path) =>
        Assert.Equal(HttpStatusCode.OK, await AnswerAsync(SubmissionTexts.With(path, text => text)));

    [Theory]
    [InlineData(""" "cpu": {"request": "1"} """, "cpu.request")]
    [InlineData(""" "cpu": {"limit": "1"} """, "cpu.limit")]
    [InlineData(""" "memory": {"request": "1Gi"} """, "memory.request")]
    [InlineData(""" "ephemeralStorage": {"limit": "1Gi"} """, "ephemeralStorage.limit")]
    [InlineData(""" "sharedMemory": {"size": "1Gi"} """, "sharedMemory.size")]
    [InlineData(""" "gpu": {"memory": "1Gi"} """, "gpu.memory")]
    [InlineData(""" "gpu": {"mig": "1g.1gb"} """, "gpu.mig")]
    [InlineData(
        """ "volumes": [{"mountPath": "/a", "nfs": {"server": "a1", "path": "/"}}] """, "volumes[0].nfs.server")]
    [InlineData(
        """ "volumes": [{"git": {"repository": "https://a:1/b"}, "mountPath": "/a"}] """, "volumes[0].git.repository")]
    public async Task Rejects_ForeignDigitsAtTheirField(string field, string path)
    {
        foreach (var digit in Foreign)
        {
            var foreign = field.Replace("1", digit, StringComparison.Ordinal);
            var body = $$"""{"type": "train", "name": "a", "image": "busybox", {{foreign}}}""";

            var answer = await lenient.Host.SubmitTextAsync(body);

            var problem = await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, "INVALID_WORKLOAD");

            Assert.Equal([path], problem["errors"]!.AsObject().Select(error => error.Key));
        }
    }

    [Theory]
    [InlineData("workloads?limit={0}")]
    [InlineData("workloads?continue={0}")]
    [InlineData("workloads?labelSelector=a{0}")]
    [InlineData("workloads?labelSelector=a%3D{0}")]
    [InlineData("workloads?labelSelector=a in ({0})")]
    [InlineData("workloads?idempotencyKey={0}")]
    [InlineData("workloads?wait={0}s")]
    [InlineData("workloads/there?wait={0}s")]
    [InlineData("workloads/there/logs?since={0}m")]
    [InlineData("workloads/there/logs?since=202{0}-01-01T00:00:00Z")]
    [InlineData("workloads/there/logs?tail={0}")]
    [InlineData("workloads/there/logs?index={0}")]
    [InlineData("workloads/there/manifest?values={0}")]
    public async Task Rejects_ParametersWithForeignDigits(string address)
    {
        foreach (var digit in Foreign)
        {
            var path = string.Format(null, address, Uri.EscapeDataString(digit));

            var answer = await ReadAsync($"/projects/team-a/{path}");

            await answer.BodyAsync(HttpStatusCode.BadRequest);
        }
    }

    [Theory]
    [InlineData("/projects/{0}")]
    [InlineData("/projects/team-a/workloads/{0}")]
    [InlineData("/projects/team-a/workloads/{0}/logs")]
    public async Task Read_OfANameWithForeignDigits_IsNotFound(string address)
    {
        foreach (var digit in Foreign)
        {
            var answer = await ReadAsync(string.Format(null, address, Uri.EscapeDataString(digit)));

            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    private async Task<HttpResponseMessage> ReadAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "*/*" } } };
        return await lenient.Host.Http.SendAsync(request);
    }

    private async Task<HttpStatusCode> AnswerAsync(JsonObject submission) =>
        (await lenient.Host.SubmitAsync(submission, query: "?dryRun=true")).StatusCode;

    // With its own digits exchanged, or else with one at the end.
    private static string Exchanged(string text, string digit)
    {
        var foreign = string.Concat(text.Select(letter => char.IsAsciiDigit(letter) ? digit : $"{letter}"));
        return foreign == text ? text + digit : foreign;
    }
}

/// <summary>A gateway whose operator allows whatever the stories ask for.</summary>
public sealed class LenientGateway : IAsyncLifetime
{
    public GatewayHost Host { get; } = new()
    {
        Settings = new()
        {
            ["Policy:HostPaths:0"] = "/",
            ["Policy:AllowNfs"] = "true",
            ["Policy:AllowHostNetwork"] = "true",
            ["Policy:AllowHostIpc"] = "true",
            ["Policy:AllowRoot"] = "true",
            ["Policy:AllowNodePort"] = "true",
            ["Policy:AllowLoadBalancer"] = "true",
            ["Policy:AllowUnconfinedSeccomp"] = "true",
            ["Policy:Capabilities:0"] = "IPC_LOCK",
            ["Policy:Capabilities:1"] = "SYS_PTRACE",
            ["Ingress:HostTemplate"] = "{name}-{port}.{project}.apps.example.org",
        },
    };

    public async Task InitializeAsync()
    {
        await Host.InitializeAsync();
        await (await Host.SubmitAsync(GatewayHost.Build("there"))).BodyAsync(HttpStatusCode.Created);
    }

    public Task DisposeAsync() => ((IAsyncLifetime)Host).DisposeAsync();
}
