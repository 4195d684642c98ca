using System.IO.Pipelines;
using System.Net;
using Gateway.Api.Live.Streams;
using Gateway.Api.Streams;
using Gateway.Api.Tests.Logs;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Api.Tests.Streams;

/// <summary>Streams whose readers take nothing.</summary>
public sealed class UnreadStreamTests
{
    private const string Workloads = "/projects/team-a/workloads";
    private const string Events = "text/event-stream";
    private const string Json = "application/json";
    private const int ServersBuffer = 64 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(1, 1_000_000)]
    [InlineData(1_000, 1_000)]
    public async Task Event_ThatNobodyTakes_IsHeldBackBeyondTheServersBuffer(int events, int size)
    {
        var (context, pipe) = Answer();
        var stream = new EventStream(context, new(context, Patience, new FakeTimeProvider()));

        var sending = SendAsync(stream, events, size);

        Assert.False(sending.IsCompleted);
        Assert.True(pipe.Reader.TryRead(out var held));
        Assert.InRange(held.Buffer.Length, 1, ServersBuffer + StreamBody.Piece + 100);
    }

    [Fact]
    public async Task Event_ThatIsTakenInTheEnd_ComesWhole()
    {
        var (context, pipe) = Answer();
        var stream = new EventStream(context, new(context, Patience, new FakeTimeProvider()));
        var sending = SendAsync(stream, events: 1, size: 1_000_000);

        var taken = 0L;
        while (!sending.IsCompleted || pipe.Reader.TryRead(out _))
        {
            var read = await pipe.Reader.ReadAsync();
            taken += read.Buffer.Length;
            pipe.Reader.AdvanceTo(read.Buffer.End);
            if (taken >= 1_000_000 + "event: changed\ndata: \n\n".Length)
                break;
        }

        await sending;
        Assert.Equal(1_000_000 + "event: changed\ndata: \n\n".Length, taken);
    }

    [Fact]
    public async Task Body_WhoseReaderTakesNothing_IsCutOff_AtTheSetTime()
    {
        var (context, _) = Answer();
        var time = new FakeTimeProvider();
        var body = new StreamBody(context, Patience, time);
        var sending = SendAsync(new(context, body), events: 1, size: 1_000_000);

        time.Advance(Patience - TimeSpan.FromSeconds(1));
        Assert.False(sending.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<OperationCanceledException>(() => sending);
        Assert.True(body.IsCutOff);
    }

    // Accepted connections have it from the socket that listens, and the kernel doubles what it is told.
    [Fact]
    public async Task Kernel_KeepsLittleOfWhatNobodyTakes()
    {
        await using var gateway = new GatewayHost();
        await gateway.InitializeAsync();
        var sockets = gateway.Services.GetRequiredService<IOptions<SocketTransportOptions>>().Value;

        using var listening = sockets.CreateBoundListenSocket(new IPEndPoint(IPAddress.Loopback, 0));

        Assert.InRange(listening.SendBufferSize, 1, 2 * ServersBuffer);
    }

    // Its place is free then.
    [Theory]
    [InlineData(Workloads)]
    [InlineData($"{Workloads}/talks/logs")]
    [InlineData($"{Workloads}/talks/logs?follow=true")]
    public async Task Answer_ThatNobodyReads_IsEnded(string path)
    {
        await using var stage = await StageAsync(("Streams:PerCaller", "1"));
        using var unread = await RawFollow.OpenAsync(stage.Host.ClientOptions.BaseAddress, $"GET {path} HTTP/1.1", Events);
        await stage.UntilAsync(() => IsRefused(stage, path, Events));

        await stage.UntilAsync(
            () =>
            {
                stage.Advance(Patience);
                return !IsRefused(stage, path, Events);
            });
    }

    // A page of eleven megabytes: each caller may leave sixteen unread.
    [Fact]
    public async Task List_ThatNobodyReads_LeavesItsCallerNoRoomForAnother()
    {
        await using var stage = await StageAsync(("Serilog:MinimumLevel:Default", "Error"));
        using var unread = await RawFollow.OpenAsync(stage.Host.ClientOptions.BaseAddress, $"GET {Workloads} HTTP/1.1", Json);

        await stage.UntilAsync(() => IsRefused(stage, Workloads, Json));

        Assert.False(IsRefused(stage, "/me", Json));
        Assert.False(IsRefused(stage, Workloads, Json, stage.Host.AdminToken));
        await stage.UntilAsync(
            () =>
            {
                stage.Advance(Patience);
                return !IsRefused(stage, Workloads, Json);
            });
        Assert.DoesNotContain(stage.Host.Log.Events, happened => happened.Level >= Serilog.Events.LogEventLevel.Error);
    }

    // As events each line takes a hundred bytes more, and each workload shows its arguments: more than all buffers on the way take.
    private static async Task<LogStage> StageAsync(params (string Name, string Value)[] settings)
    {
        var stage = await LogStage.SetAsync(settings);
        await stage.SubmitAsync(LogStage.Writer("talks", lines: string.Concat(Enumerable.Repeat("a\n", 60_000)), seconds: "1"));
        for (var job = 0; job < 12; job++)
            await stage.Host.Cluster.BatchV1.CreateNamespacedJobAsync(LargeJob($"large-{job}"), LogStage.Space);
        await stage.PassAsync(15);
        return stage;
    }

    private static bool IsRefused(LogStage stage, string path, string accept, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd(accept);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        using var answer = stage.Host.Http.Send(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode == HttpStatusCode.TooManyRequests;
    }

    private static V1Job LargeJob(string name) => new()
    {
        Metadata = new() { Name = name },
        Spec = new()
        {
            Suspend = true,
            Template = new() { Spec = new() { SchedulerName = "runai-scheduler", RestartPolicy = "Never", Containers = [new() { Name = "a", Image = "a", Args = [new string('x', 900_000)] }] } },
        },
    };

    private static async Task SendAsync(EventStream stream, int events, int size)
    {
        for (var sent = 0; sent < events; sent++)
            await stream.SendAsync("changed", new byte[size], CancellationToken.None);
    }

    // The body as the server gives it over HTTP/1.1: https://learn.microsoft.com/dotnet/api/microsoft.aspnetcore.server.kestrel.core.kestrelserverlimits.maxresponsebuffersize
    private static (HttpContext Context, Pipe Pipe) Answer()
    {
        var pipe = new Pipe(new(pauseWriterThreshold: ServersBuffer, resumeWriterThreshold: ServersBuffer / 2, useSynchronizationContext: false));
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseBodyFeature>(new PipedBody(pipe.Writer));
        return (context, pipe);
    }

    private sealed class PipedBody(PipeWriter writer) : IHttpResponseBodyFeature
    {
        public Stream Stream => writer.AsStream();

        public PipeWriter Writer => writer;

        public Task CompleteAsync() => writer.CompleteAsync().AsTask();

        public void DisableBuffering()
        {
        }

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
