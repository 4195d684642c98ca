using System.Net;
using Gateway.Api.Bodies;
using Gateway.Api.Errors;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Api.Tests.Bodies;

/// <summary>How the memory for bodies is shared out.</summary>
public sealed class BodyMemoryTests : IDisposable
{
    private const int MiB = 1 << 20;

    private readonly FakeTimeProvider _time = new();
    private readonly BodyMemory _memory;

    // 12 MiB for large bodies and 4 for small ones, half of each for one caller.
    public BodyMemoryTests() => _memory = new(Options.Create(new BodyOptions { Memory = 16 }), _time);

    public void Dispose() => _memory.Dispose();

    [Fact]
    public async Task Work_OfOneCaller_WaitsForHisOwnAndNotForOthers()
    {
        using var first = await TakeAsync("jane", 6 * MiB);
        var second = TakeAsync("jane", 6 * MiB);
        using var other = await TakeAsync("joe", 6 * MiB);

        Assert.False(second.IsCompleted);
        first.Dispose();
        (await second).Dispose();
    }

    [Fact]
    public async Task Work_OfLargeBodies_KeepsNoSmallOneWaiting()
    {
        using var first = await TakeAsync("jane", 6 * MiB);
        using var second = await TakeAsync("joe", 6 * MiB);
        var waiting = TakeAsync("jack", 6 * MiB);

        using var small = await TakeAsync("jill", 10_000);
        using var own = await TakeAsync("jane", 10_000);

        Assert.False(waiting.IsCompleted);
        second.Dispose();
        (await waiting).Dispose();
    }

    [Fact]
    public async Task Work_ThatWaitsTooLong_IsRefused()
    {
        using var first = await TakeAsync("jane", 6 * MiB);
        var second = TakeAsync("jane", 6 * MiB);
        _time.Advance(TimeSpan.FromSeconds(3));

        var problem = (await Assert.ThrowsAsync<ProblemException>(() => second)).Problem;

        Assert.Equal(ProblemTypes.TooManyRequests, problem.Type);
        Assert.NotNull(problem.RetryAfter);
    }

    [Fact]
    public async Task Work_ThatTakesMoreThanThereIs_IsDoneByItself()
    {
        using var all = await TakeAsync("jane", 100 * MiB);

        Assert.False(TakeAsync("jane", 3 * MiB).IsCompleted);
    }

    [Fact]
    public async Task Bodies_OfOneCallerThatDoNotEnd_TakeNoMoreThanHisShare()
    {
        await using var gateway = new GatewayHost();
        await gateway.InitializeAsync();
        var requests = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => SendAsync(gateway)));

        // Those that were taken wait for the rest of their bodies.
        var refused = await await Task.WhenAny(requests.Select(request => request.StatusAsync()));

        Assert.Equal(429, refused);
        await (await gateway.SubmitAsync(GatewayHost.Train("small"))).BodyAsync(HttpStatusCode.Created);
        Assert.All(requests, request => request.Dispose());
    }

    private Task<IDisposable> TakeAsync(string caller, int bytes) => _memory.TakeAsync(caller, bytes, CancellationToken.None);

    private static async Task<RawRequest> SendAsync(GatewayHost gateway)
    {
        var request = await RawRequest.PostAsync(gateway.ClientOptions.BaseAddress, "/projects/team-a/workloads", MiB);
        await request.SendAsync(new string(' ', MiB - 1));
        return request;
    }
}
