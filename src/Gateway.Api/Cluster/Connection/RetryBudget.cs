namespace Gateway.Api.Cluster.Connection;

/// <summary>
/// Keeps calls that are sent again a small part of all: while more than a fifth fails, none is, so that a cluster in trouble does not get
/// four calls for each. One tenant's failures are another's no concern. The rule is gRPC's:
/// https://github.com/grpc/proposal/blob/master/A6-client-retries.md#throttling-retry-attempts-and-hedged-rpcs
/// </summary>
internal sealed class RetryBudget
{
    private const double Full = 20;
    private const double PerSuccess = 0.25;

    private readonly Lock _lock = new();
    private double _left = Full;

    /// <summary>Whether a call may be sent again.</summary>
    public bool Allows
    {
        get
        {
            lock (_lock)
                return _left > Full / 2;
        }
    }

    public void Succeeded()
    {
        lock (_lock)
            _left = Math.Min(Full, _left + PerSuccess);
    }

    public void Failed()
    {
        lock (_lock)
            _left = Math.Max(0, _left - 1);
    }
}
