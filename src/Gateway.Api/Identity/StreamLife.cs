using System.Net.Http.Headers;
using Gateway.Api.Errors;

namespace Gateway.Api.Identity;

/// <summary>How long a stream may go on: until its reader leaves, the reader's token ends, or the gateway stops.</summary>
internal sealed class StreamLife : IDisposable
{
    // Timers cannot be set much further; no token lives that long.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    private readonly CancellationTokenSource _token;
    private readonly CancellationTokenSource _ends;
    private readonly CancellationToken _stopping;

    private StreamLife(TimeSpan left, TimeProvider time, CancellationToken reader, CancellationToken stopping)
    {
        _stopping = stopping;
        _token = new(left, time);
        _ends = CancellationTokenSource.CreateLinkedTokenSource(reader, stopping, _token.Token);
    }

    /// <summary>Is cancelled when the stream has to end.</summary>
    public CancellationToken Token => _ends.Token;

    /// <summary>Why it has to end, unless its reader left.</summary>
    public Problem? WhyItEnded =>
        _token.IsCancellationRequested ? ProblemTypes.Unauthenticated.With("The bearer token has expired.")
        : _stopping.IsCancellationRequested ? ProblemTypes.ClusterUnavailable.With("The gateway stops: ask again.")
        : null;

    public static StreamLife Of(HttpContext context)
    {
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        var left = EndOfToken(context.Request) - time.GetUtcNow();
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var rest = left is null || left > Longest ? Timeout.InfiniteTimeSpan : left.Value > TimeSpan.Zero ? left.Value : TimeSpan.Zero;
        return new(rest, time, context.RequestAborted, stopping);
    }

    public void Dispose()
    {
        _ends.Dispose();
        _token.Dispose();
    }

    private static DateTimeOffset? EndOfToken(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) && header.Parameter is { } token ? OidcTokens.EndOf(token) : null;
}
