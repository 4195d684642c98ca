using Gateway.Api.Errors;

namespace Gateway.Api.Identity;

/// <summary>How long a stream may go on: until its reader leaves, the reader's credentials run out, or the gateway stops.</summary>
internal sealed class StreamLife : IDisposable
{
    private readonly CancellationTokenSource _credentials;
    private readonly CancellationTokenSource _ends;
    private readonly CancellationToken _stopping;

    private StreamLife(CancellationTokenSource credentials, CancellationToken reader, CancellationToken stopping)
    {
        (_credentials, _stopping) = (credentials, stopping);
        _ends = CancellationTokenSource.CreateLinkedTokenSource(reader, stopping, credentials.Token);
    }

    /// <summary>Is cancelled when the stream has to end.</summary>
    public CancellationToken Token => _ends.Token;

    /// <summary>Why it has to end, unless its reader left.</summary>
    public Problem? WhyItEnded =>
        _credentials.IsCancellationRequested ? ProblemTypes.Unauthenticated.With("The bearer token has expired.")
        : _stopping.IsCancellationRequested ? ProblemTypes.ClusterUnavailable.With("The gateway stops: ask again.")
        : null;

    public static StreamLife Of(HttpContext context, TimeProvider time) => new(
        CallerLife.Clock(context, time), context.RequestAborted, context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);

    public void Dispose()
    {
        _ends.Dispose();
        _credentials.Dispose();
    }
}
