using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Gateway.Bench.Measuring;

namespace Gateway.Bench.Gateway;

/// <summary>Callers who submit and read in the project team-a at a steady pace, each with a token of his own, whatever somebody else does there.</summary>
internal sealed class Bystanders : IDisposable
{
    public const int Callers = 4;
    private const string Standing = "standing";

    // What the collector takes at most in a container of 512 MiB, in hexadecimal: https://learn.microsoft.com/dotnet/core/runtime-config/garbage-collector#heap-limit
    private static readonly string HeapLimit = $"{384 << 20:x}";
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    private readonly GatewayServer gateway;
    private readonly (string Token, HttpMessageInvoker Http)[] callers;
    private int next;

    private Bystanders(GatewayServer gateway, string[] tokens)
    {
        this.gateway = gateway;
        callers = [.. tokens.Select(token => (token, new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, UseCookies = false })))];
    }

    /// <summary>Starts a gateway in as much memory as a container of 512 MiB leaves it, with the limits that it has by itself, and a train for them to read.</summary>
    public static async Task<(GatewayServer Gateway, Bystanders Callers)> StartAsync()
    {
        var gateway = GatewayServer.Prepare(new() { MakesPods = false });
        gateway.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        await gateway.StartProcessAsync("--RateLimits:Caller:PerSecond=200", "--RateLimits:Project:PerSecond=500");
        var tokens = new string[Callers];
        for (var caller = 0; caller < Callers; caller++)
            tokens[caller] = await gateway.SubmitterAsync($"bystander-{caller}");
        using var load = new Load(1);
        await load.RunAsync(sent => sent == 0 ? Trains.Submit(gateway, tokens[0], Standing) : null, HttpStatusCode.Created);
        return (gateway, new(gateway, tokens));
    }

    /// <summary>What they are answered, for so long: ten requests a second each, in turns a submission, a read, a list of 20 and a manifest.</summary>
    public async Task<BystandersResult> RunAsync(TimeSpan length)
    {
        var (statuses, latencies, megabytes) = (new ConcurrentQueue<HttpStatusCode>(), new ConcurrentQueue<double>(), 0.0);
        var end = Stopwatch.GetTimestamp() + (long)(length.TotalSeconds * Stopwatch.Frequency);
        await Task.WhenAll(callers.Select(caller => Task.Run(() => CallAsync(caller.Token, caller.Http))));
        return new([.. latencies.Order()], [.. statuses], megabytes);

        async Task CallAsync(string token, HttpMessageInvoker http)
        {
            using var pace = new PeriodicTimer(Beat);
            List<Task> sent = [];
            while (Stopwatch.GetTimestamp() < end && await pace.WaitForNextTickAsync())
            {
                sent.Add(SendAsync(http, Request(token, Interlocked.Increment(ref next))));
                megabytes = Math.Max(megabytes, gateway.Process.Megabytes);
            }
            await Task.WhenAll(sent);
        }

        async Task SendAsync(HttpMessageInvoker http, HttpRequestMessage request)
        {
            var start = Stopwatch.GetTimestamp();
            using var answer = await http.SendAsync(request, CancellationToken.None);
            await answer.Content.CopyToAsync(Stream.Null);
            statuses.Enqueue(answer.StatusCode);
            latencies.Enqueue(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            request.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var (_, http) in callers)
            http.Dispose();
    }

    private HttpRequestMessage Request(string token, int number) => (number % 4) switch
    {
        0 => Trains.Submit(gateway, token, $"bystander-{number}"),
        1 => Trains.Get(gateway, token, $"/{Standing}"),
        2 => Trains.Get(gateway, token, "?limit=20"),
        _ => Trains.Get(gateway, token, $"/{Standing}/manifest"),
    };
}

/// <summary>How long each answer took in milliseconds, the quickest first, with which status, and the most memory that the gateway had meanwhile.</summary>
internal sealed record BystandersResult(double[] Latencies, IReadOnlyList<HttpStatusCode> Statuses, double Megabytes)
{
    public int Refused => Statuses.Count(status => status == HttpStatusCode.TooManyRequests);

    public int Failed => Statuses.Count(status => (int)status >= 500);
}
