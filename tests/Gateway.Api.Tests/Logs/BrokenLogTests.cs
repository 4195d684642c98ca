using System.Net;
using System.Text.Json.Nodes;
using Serilog.Events;
using Xunit;

namespace Gateway.Api.Tests.Logs;

/// <summary>
/// Logs as text that end too early: the last line says why, and nobody takes them for whole. Where a reset tells that, it comes only once time goes on.
/// </summary>
public sealed class BrokenLogTests
{
    // Of a workload that is being deleted, and of one that is gone.
    private const string LastLine = "--- LOGS_GONE: The workload('s pods are| is) gone, and the logs [a-z ]+\\. ---\n";

    [Fact]
    public async Task Follow_OfAWorkloadThatIsDeletedBeforeItStarts_EndsWithoutTheLastChunk()
    {
        await using var stage = await LogStage.SetAsync(("Serilog:MinimumLevel:Default", "Information"));
        await stage.SubmitAsync(Suspended());
        using var follow = await RawFollow.OpenAsync(stage.Host.Http.BaseAddress!, $"GET {LogStage.Path("deleted", "?follow=true")} HTTP/1.1");
        await follow.UntilAsync("\r\n\r\n");
        await stage.Host.Http.DeleteAsync("/projects/team-a/workloads/deleted");

        var answer = await stage.WhileTimePassesAsync(follow.ToEndAsync());

        Assert.Contains("Transfer-Encoding: chunked\r\n", answer, StringComparison.Ordinal);
        Assert.Matches($"{LastLine}\r\n$", answer);
        Assert.DoesNotContain(stage.Host.Log.Events, logged => logged.Level >= LogEventLevel.Error);
    }

    [Fact]
    public async Task Follow_OverHttp10_EndsWithAResetAfterTheReason()
    {
        await using var stage = await LogStage.SetAsync();
        await stage.SubmitAsync(Suspended());
        using var follow = await RawFollow.OpenAsync(stage.Host.Http.BaseAddress!, $"GET {LogStage.Path("deleted", "?follow=true")} HTTP/1.0");
        await follow.UntilAsync("\r\n\r\n");
        await stage.Host.Http.DeleteAsync("/projects/team-a/workloads/deleted");

        Assert.Matches($"{LastLine}$", await follow.UntilAsync(" ---\n").WaitAsync(TimeSpan.FromMinutes(1)));

        await Assert.ThrowsAsync<IOException>(() => stage.WhileTimePassesAsync(follow.ToEndAsync()));
    }

    [Fact]
    public async Task Follow_OverHttp2_EndsWithAResetAfterTheReason()
    {
        await using var stage = await LogStage.SetAsync(("Kestrel:EndpointDefaults:Protocols", "Http2"));
        (stage.Host.Http.DefaultRequestVersion, stage.Host.Http.DefaultVersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        await stage.SubmitAsync(Suspended());
        using var response = await stage.AskAsync("deleted", "?follow=true");
        Assert.Equal(HttpVersion.Version20, response.Version);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        await stage.Host.Http.DeleteAsync("/projects/team-a/workloads/deleted");

        var line = await reader.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Matches($"^{LastLine}$", $"{line}\n");
        await Assert.ThrowsAnyAsync<HttpIOException>(() => stage.WhileTimePassesAsync(reader.ReadLineAsync()));
    }

    private static JsonObject Suspended() => LogStage.Writer("deleted", more: new() { ["suspended"] = true });
}
