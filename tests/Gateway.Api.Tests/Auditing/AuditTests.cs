using System.Net;
using System.Net.Http.Json;
using Serilog.Events;
using Xunit;

namespace Gateway.Api.Tests.Auditing;

/// <summary>Who did what, from where, and how it ended.</summary>
public sealed class AuditTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly GatewayHost _gateway = new() { Settings = new() { ["Serilog:MinimumLevel:Default"] = "Information", ["Server:TrustedProxies:0"] = "127.0.0.1" } };

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => ((IAsyncLifetime)_gateway).DisposeAsync();

    ValueTask IAsyncDisposable.DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Submit_ThatIsAllowed_IsWrittenDown()
    {
        var workload = await (await _gateway.SubmitAsync(GatewayHost.Train("a"), key: "secret-key")).BodyAsync(HttpStatusCode.Created);

        var written = Written();
        Assert.Equal("submit a team-a workload-gateway:anonymous Anonymous 127.0.0.1 201 OK", Summary(written));
        Assert.Equal((string?)workload["uid"], Value(written, "Uid"));
        Assert.Equal(64, Value(written, "KeyHash").Length);
        Assert.NotNull(written.TraceId);
        Assert.DoesNotContain("secret-key", _gateway.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_ThatIsAllowed_IsWrittenDown()
    {
        await _gateway.SubmitAsync(GatewayHost.Train("b"));
        Written();
        await _gateway.Http.DeleteAsync("/projects/team-a/workloads/b");

        Assert.Equal("delete b team-a workload-gateway:anonymous Anonymous 127.0.0.1 202 OK", Summary(Written()));
    }

    [Fact]
    public async Task Submit_ThatIsRefused_IsWrittenDown()
    {
        await _gateway.SubmitTextAsync("""{"type": "train", "name": "bad\nname", "image": "busybox"}""");
        Assert.Equal("submit - team-a workload-gateway:anonymous Anonymous 127.0.0.1 422 INVALID_WORKLOAD", Summary(Written()));

        await _gateway.SubmitTextAsync("no json");
        Assert.Equal("submit - team-a workload-gateway:anonymous Anonymous 127.0.0.1 400 MALFORMED_REQUEST", Summary(Written()));

        await _gateway.SubmitAsync(GatewayHost.Train("c"), "nowhere");
        Assert.Equal("submit - nowhere workload-gateway:anonymous Anonymous 127.0.0.1 404 PROJECT_NOT_FOUND", Summary(Written()));
    }

    [Fact]
    public async Task Delete_WithoutAGoodToken_IsWrittenDown()
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/projects/team-a/workloads/d");
        request.Headers.Add("Authorization", "Bearer made-up");
        request.Headers.Add("X-Forwarded-For", "192.0.2.7");
        await _gateway.Http.SendAsync(request);

        Assert.Equal("delete d team-a - None 192.0.2.7 401 UNAUTHENTICATED", Summary(Written()));
        Assert.DoesNotContain("made-up", _gateway.Log.Text, StringComparison.Ordinal);
    }

    // Of one that is taken each item is written down, and nothing else.
    [Fact]
    public async Task Batch_ThatIsRefusedAsAWhole_IsWrittenDown()
    {
        await _gateway.Http.PostAsJsonAsync("/projects/team-a/workloads/batch", new { mode = "bestEffort", items = new[] { new { type = "train", name = "e", image = "busybox" } } });
        Assert.Equal("submit e team-a workload-gateway:anonymous Anonymous 127.0.0.1 201 OK", Summary(Written()));

        await _gateway.Http.PostAsJsonAsync("/projects/team-a/workloads/batch", new { mode = "bestEffort", items = Array.Empty<object>() });
        Assert.Equal("submit - team-a workload-gateway:anonymous Anonymous 127.0.0.1 400 MALFORMED_REQUEST", Summary(Written()));

        await _gateway.Http.PostAsJsonAsync("/projects/nowhere/workloads/batch-delete", new { names = new[] { "e" } });
        Assert.Equal("delete - nowhere workload-gateway:anonymous Anonymous 127.0.0.1 404 PROJECT_NOT_FOUND", Summary(Written()));
        Assert.Equal(3, Audits().Count());
    }

    [Fact]
    public async Task Read_IsNotWrittenDown()
    {
        await _gateway.Http.GetAsync("/projects/team-a/workloads");

        Assert.Empty(Audits());
    }

    private IEnumerable<LogEvent> Audits() => _gateway.Log.Events.Where(e => e.MessageTemplate.Text.StartsWith("Audit:", StringComparison.Ordinal));

    private LogEvent Written()
    {
        // The answer may be read before the event is written.
        Assert.True(SpinWait.SpinUntil(() => Audits().Count() > _seen, TimeSpan.FromMinutes(1)));
        return Audits().ElementAt(_seen++);
    }

    private int _seen;

    private static string Summary(LogEvent e) =>
        string.Join(' ', ((string[])["Action", "Workload", "Project", "Username", "Mode", "Address", "Status", "Code"]).Select(name => Value(e, name)));

    private static string Value(LogEvent e, string name) => ((ScalarValue)e.Properties[name]).Value?.ToString() ?? "";
}
