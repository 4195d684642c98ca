namespace Gateway.Api.Cluster.Watching;

/// <summary>Cancels what has been silent for too long: a connection may die without a word.</summary>
internal sealed class Silence : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _clock;
    private readonly CancellationTokenSource _either;

    public Silence(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        (_limit, _clock) = (limit, new(limit, time));
        _either = CancellationTokenSource.CreateLinkedTokenSource(_clock.Token, cancellationToken);
    }

    public CancellationToken Token => _either.Token;

    /// <summary>Something was heard.</summary>
    public void Break() => _clock.CancelAfter(_limit);

    public void Dispose()
    {
        _either.Dispose();
        _clock.Dispose();
    }
}
