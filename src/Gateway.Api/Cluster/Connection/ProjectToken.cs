namespace Gateway.Api.Cluster.Connection;

/// <summary>A bearer token, and the time from which it is no longer good.</summary>
internal sealed record GrantedToken(string Text, DateTimeOffset GrantedAt, DateTimeOffset ExpiresAt)
{
    // The server's clock and ours may differ by this much.
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    /// <summary>When 80 % of the life that the server granted is over, as kubelets do.</summary>
    public DateTimeOffset RenewAt => GrantedAt + (0.8 * (ExpiresAt - GrantedAt));

    public bool IsGoodAt(DateTimeOffset now) => now < ExpiresAt - Skew;
}

/// <summary>
/// The token of one project's service account. It is asked for once at a time, renewed in time while the old one still serves,
/// and replaced when the cluster no longer takes it: the account may have been made anew.
/// </summary>
internal sealed class ProjectToken(Func<Task<GrantedToken>> ask, TimeProvider time)
{
    // Neither a refusal nor a token that is refused at once is followed by another request for so long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private GrantedToken? _granted;
    private Task<GrantedToken>? _asking;
    private DateTimeOffset _failedAt;

    /// <summary>A token that is good now.</summary>
    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        Task<GrantedToken> asking;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_granted is not null && now < _granted.RenewAt)
                return _granted.Text;
            asking = Asking(now);
            if (_granted?.IsGoodAt(now) is true)
                return _granted.Text;
        }
        return (await asking.WaitAsync(cancellationToken)).Text;
    }

    /// <summary>Says that the cluster did not take a token. True when another one may be had.</summary>
    public bool Reject(string token)
    {
        lock (_gate)
        {
            if (_granted?.Text != token)
                return true;
            if (time.GetUtcNow() - _granted.GrantedAt < Patience)
                return false;
            _granted = null;
            return true;
        }
    }

    private Task<GrantedToken> Asking(DateTimeOffset now)
    {
        if (_asking is null || (_asking.IsFaulted && now - _failedAt >= Patience))
            _asking = AskAsync();
        return _asking;
    }

    private async Task<GrantedToken> AskAsync()
    {
        // Not under the lock, which the end of this takes.
        await Task.Yield();
        try
        {
            var granted = await ask();
            lock (_gate)
                (_granted, _asking) = (granted, null);
            return granted;
        }
        catch
        {
            lock (_gate)
                _failedAt = time.GetUtcNow();
            throw;
        }
    }
}
