using Microsoft.IdentityModel.Tokens;

namespace Gateway.Api.Identity;

/// <summary>
/// The keys by which an issuer signs. They are read at first need, when they are old, and when a token was signed by
/// another: once in five seconds at most, whoever asks, and once for all who wait. An issuer that cannot be reached is
/// believed by the keys that it showed last. ConfigurationManager of Microsoft.IdentityModel knows no clock but the
/// machine's, and asks without end while there are no keys.
/// </summary>
internal sealed partial class SigningKeys(
    string issuer, Func<Task<IEnumerable<SecurityKey>>> read, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // So long a key is good that the issuer took away.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private Task<IReadOnlyList<SecurityKey>?> _reading = Task.FromResult<IReadOnlyList<SecurityKey>?>(null);
    private DateTimeOffset _begunAt = DateTimeOffset.MinValue;
    private IReadOnlyList<SecurityKey>? _known;
    private string? _reason;

    /// <summary>
    /// The keys; null when the issuer has never shown any. Who finds old ones has them read again, and does not wait.
    /// </summary>
    public async ValueTask<IReadOnlyList<SecurityKey>?> GetAsync(CancellationToken cancellationToken)
    {
        var known = Volatile.Read(ref _known);
        var reading = Read(known is null ? Interval : Lifetime);
        return known ?? await reading.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// The keys, where some do not do: the same when they were read a moment ago, null when the issuer cannot be
    /// reached.
    /// </summary>
    public async ValueTask<IReadOnlyList<SecurityKey>?> GetNewerAsync(
        IReadOnlyList<SecurityKey> than, CancellationToken cancellationToken)
    {
        var known = Volatile.Read(ref _known);
        return known != than ? known : await Read(Interval).WaitAsync(cancellationToken);
    }

    // The reading under way, or the last one until it is so old; what failed is tried again sooner.
    private Task<IReadOnlyList<SecurityKey>?> Read(TimeSpan age)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_reading.IsCompleted && now - _begunAt >= (_reading.Result is null ? Interval : age))
            {
                _begunAt = now;
                _reading = Task.Run(ReadAsync);
            }

            return _reading;
        }
    }

    private async Task<IReadOnlyList<SecurityKey>?> ReadAsync()
    {
        try
        {
            IReadOnlyList<SecurityKey> keys = [.. await read()];
            if (keys.Count == 0)
                throw new InvalidOperationException("It has none that can be used.");
            Volatile.Write(ref _known, keys);
            _reason = null;
            return keys;
        }
        // Another's server: whatever is wrong with its answer, the keys that are known hold.
        catch (Exception e)
        {
            if (e.Message != _reason)
                LogUnreadable(issuer, _reason = e.Message);
            return null;
        }
    }

    [LoggerMessage(30, LogLevel.Warning, "The signing keys of {Issuer} cannot be read: {Reason}")]
    private partial void LogUnreadable(string issuer, string reason);
}
