using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Gateway.Api.Tests.Clusters;
using Xunit;

namespace Gateway.Api.Tests;

/// <summary>Whatever stands in the path, no namespace without the project label is reached.</summary>
public sealed partial class PathTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    public static TheoryData<string> Segments =>
    [
        "nope", "kube-system", "default", "runai-team-a", "..%2f..", "a%2fb", "%2e%2e%2f", "..%5c..", "team-a%0a", "team-a%3fdryRun=true", "team-a%23", "TEAM-A",
        "te%C3%A4m-a", "%D1%82eam-a", "a..b", "team-a,team-b", "%20", new string('a', 300),
    ];

    [EmbeddedTheory("reads its log of accesses")]
    [MemberData(nameof(Segments))]
    public async Task Rejects_AProjectThatIsNone(string segment)
    {
        foreach (var (method, rest) in ((string, string)[])[("GET", ""), ("POST", ""), ("GET", "/a"), ("GET", "/a/manifest"), ("GET", "/a/logs"), ("GET", "/a/events"), ("POST", "/a/suspend"), ("POST", "/a/resume"), ("POST", "/batch"), ("POST", "/batch-delete"), ("DELETE", "/a")])
            await AssertNotFoundAsync(method, $"/projects/{segment}/workloads{rest}", "PROJECT_NOT_FOUND");
        await AssertNotFoundAsync("GET", $"/projects/{segment}", "PROJECT_NOT_FOUND");
        AssertNothingOutsideTheProject();
    }

    [EmbeddedTheory("reads its log of accesses")]
    [MemberData(nameof(Segments))]
    public async Task Rejects_AWorkloadThatIsNone(string segment)
    {
        foreach (var (method, rest) in ((string, string)[])[("GET", ""), ("GET", "/manifest"), ("GET", "/logs"), ("GET", "/events"), ("POST", "/suspend"), ("POST", "/resume"), ("DELETE", "")])
            await AssertNotFoundAsync(method, $"/projects/team-a/workloads/{segment}{rest}", "WORKLOAD_NOT_FOUND");
        AssertNothingOutsideTheProject();
    }

    [EmbeddedTheory("reads its log of accesses")]
    [MemberData(nameof(Segments))]
    public async Task Rejects_ANameThatIsNone(string segment)
    {
        var submission = GatewayHost.Train("a");
        submission["name"] = Uri.UnescapeDataString(segment) is "nope" or "kube-system" or "default" or "runai-team-a" ? "../b" : Uri.UnescapeDataString(segment);

        await (await gateway.SubmitAsync(submission)).ProblemAsync(HttpStatusCode.UnprocessableEntity, "INVALID_WORKLOAD");
        AssertNothingOutsideTheProject();
    }

    [Theory]
    [InlineData("/projects/team-a/workloads/../../../nowhere")]
    [InlineData("/projects/%2e%2e/api/v1/namespaces/kube-system/secrets")]
    [InlineData("/api/v1/namespaces")]
    [InlineData("/nowhere")]
    public async Task Rejects_AnAddressThatIsNone(string path) => await AssertNotFoundAsync("GET", path, code: null);

    [Fact]
    public async Task Rejects_AMethodThatIsNone()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/projects/team-a/workloads");
        var response = await gateway.Http.SendAsync(request);

        await response.ProblemAsync(HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED");
        Assert.Equal(["GET", "POST"], response.Content.Headers.Allow.Order());
    }

    // As itself the gateway asks; as the project it stays in the project's namespace.
    private void AssertNothingOutsideTheProject()
    {
        Assert.NotEmpty(gateway.Accesses);
        Assert.All(gateway.Accesses, access => Assert.True(
            access.User switch
            {
                "system:serviceaccount:workload-gateway:workload-gateway" => Questions.Any(question => access.Path.StartsWith(question, StringComparison.Ordinal)),
                "system:serviceaccount:runai-team-a:workload-gateway" => InTheProject().IsMatch(access.Path),
                var user => user is "kubernetes-admin" or "system:anonymous",
            },
            $"{access}"));
    }

    private static readonly string[] Questions =
    [
        "/version", "/api/v1/namespaces?", "/apis/authentication.k8s.io/v1/tokenreviews", "/apis/authorization.k8s.io/v1/subjectaccessreviews",
        "/api/v1/namespaces/runai-team-a/serviceaccounts/workload-gateway/token",
    ];

    [GeneratedRegex("^/(api/v1|apis/batch/v1|apis/apps/v1|apis/scheduling.run.ai/v2alpha2)/namespaces/runai-team-a/[a-z]+(/[a-z0-9-]+)?(\\?.*)?$")]
    private static partial Regex InTheProject();

    // HttpClient and Uri tidy paths up, so this speaks to the socket.
    private async Task AssertNotFoundAsync(string method, string path, string? code)
    {
        const string Body = """{"type": "train", "name": "a", "image": "busybox"}""";
        using var connection = new TcpClient();
        await connection.ConnectAsync(gateway.Http.BaseAddress!.Host, gateway.Http.BaseAddress.Port);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(
            $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {(method == "POST" ? Body.Length : 0)}\r\n\r\n{(method == "POST" ? Body : "")}"));
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 404 ", answer, StringComparison.Ordinal);
        if (code is not null)
            Assert.Contains($"\"code\":\"{code}\"", answer, StringComparison.Ordinal);
    }
}
