using Serilog.Events;
using Xunit;

namespace Gateway.Api.Tests.Observability;

/// <summary>The name of a request, from the caller to the log and back.</summary>
public sealed class RequestIdTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly GatewayHost _gateway = new() { Settings = new() { ["Serilog:MinimumLevel:Default"] = "Information" } };

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => ((IAsyncLifetime)_gateway).DisposeAsync();

    ValueTask IAsyncDisposable.DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData("a")]
    [InlineData("run-17/step:4")]
    public async Task RequestId_OfTheCaller_ComesBackAndIsInTheLog(string id)
    {
        Assert.Equal(id, await SendAsync(id));
        Assert.True(SpinWait.SpinUntil(() => Logged(id).Any(e => e.MessageTemplate.Text.Contains("answered", StringComparison.Ordinal)), TimeSpan.FromMinutes(1)));
        Assert.Contains(Logged(id), e => e.MessageTemplate.Text.StartsWith("Audit:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RequestId_OfTheLongestLength_ComesBack() => Assert.Equal(new('x', 128), await SendAsync(new('x', 128)));

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("tab\tbed")]
    public async Task RequestId_ThatIsNone_IsMade(string id) => Assert.NotEqual(id, Made(await SendAsync(id)));

    [Fact]
    public async Task RequestId_ThatIsTooLong_IsMade() => Assert.NotEqual(new('x', 129), Made(await SendAsync(new('x', 129))));

    [Fact]
    public async Task RequestId_OfARefusal_ComesBack()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nowhere");
        request.Headers.Add("X-Request-Id", "lost");

        Assert.Equal("lost", (await _gateway.Http.SendAsync(request)).Headers.GetValues("X-Request-Id").Single());
    }

    [Fact]
    public async Task Traceparent_OfTheCaller_IsTakenUp()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/projects/team-a/workloads/none");
        request.Headers.Add("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        var problem = await (await _gateway.Http.SendAsync(request)).ProblemAsync(System.Net.HttpStatusCode.NotFound, "WORKLOAD_NOT_FOUND");

        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", (string?)problem["traceId"]);
    }

    private static string Made(string id)
    {
        Assert.Matches("^[!-~]{8,128}$", id);
        return id;
    }

    private async Task<string> SendAsync(string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/projects/team-a/workloads/none");
        request.Headers.TryAddWithoutValidation("X-Request-Id", id);
        return (await _gateway.Http.SendAsync(request)).Headers.GetValues("X-Request-Id").Single();
    }

    private IEnumerable<LogEvent> Logged(string id) =>
        _gateway.Log.Events.Where(e => e.Properties.TryGetValue("RequestId", out var value) && value is ScalarValue { Value: string text } && text == id);
}
