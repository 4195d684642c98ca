using System.Diagnostics;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.Bench.Measuring;

/// <summary>Callers with a connection each, who send one request after another.</summary>
internal sealed class Load(int connections, X509Certificate2? trusted = null) : IDisposable
{
    private readonly HttpMessageInvoker[] callers =
        [.. Enumerable.Range(0, connections).Select(_ => new HttpMessageInvoker(Handler(trusted)))];

    /// <summary>Sends the requests of <paramref name="next"/>, which is given their number, until it returns null; every answer has to have the status.</summary>
    public Task<LoadResult> RunAsync(Func<int, HttpRequestMessage?> next, HttpStatusCode expected) =>
        RunAsync(number => next(number) is { } request ? [request] : null, status => status == expected);

    /// <summary>The same with several requests each time, which one caller sends one after another; every answer has to be a success.</summary>
    public Task<LoadResult> RunAsync(Func<int, IEnumerable<HttpRequestMessage>?> next) =>
        RunAsync(next, status => (int)status is >= 200 and < 300);

    public void Dispose()
    {
        foreach (var caller in callers) caller.Dispose();
    }

    private static SocketsHttpHandler Handler(X509Certificate2? trusted)
    {
        var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 1, UseProxy = false, UseCookies = false };
        if (trusted is not null) handler.SslOptions.CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { trusted }, RevocationMode = X509RevocationMode.NoCheck };
        return handler;
    }

    private async Task<LoadResult> RunAsync(Func<int, IEnumerable<HttpRequestMessage>?> next, Func<HttpStatusCode, bool> isExpected)
    {
        var (start, number) = (Stopwatch.GetTimestamp(), -1);
        var latencies = await Task.WhenAll(callers.Select(caller => Task.Run(() => SendAsync(caller, () => next(Interlocked.Increment(ref number)), isExpected))));
        return new LoadResult(Stopwatch.GetElapsedTime(start), [.. latencies.SelectMany(part => part).Order()]);
    }

    private static async Task<List<double>> SendAsync(HttpMessageInvoker caller, Func<IEnumerable<HttpRequestMessage>?> next, Func<HttpStatusCode, bool> isExpected)
    {
        var milliseconds = new List<double>();
        while (next() is { } requests)
        {
            foreach (var request in requests)
            {
                var start = Stopwatch.GetTimestamp();
                using var answer = await caller.SendAsync(request, CancellationToken.None);
                if (!isExpected(answer.StatusCode)) throw new InvalidOperationException($"{request.Method} {request.RequestUri} was answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
                await answer.Content.CopyToAsync(Stream.Null);
                milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }
        return milliseconds;
    }
}

/// <summary>How long everything took, and each request in milliseconds, the quickest first.</summary>
internal sealed record LoadResult(TimeSpan Length, double[] Latencies)
{
    public double PerSecond => Latencies.Length / Length.TotalSeconds;
}
