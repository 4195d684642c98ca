using System.Threading.RateLimiting;
using Gateway.Api.Identity;

namespace Gateway.Api.Streams;

/// <summary>So many places at a time, for each caller and for all; 0 for no limit.</summary>
internal sealed class CallerPlaces(int perCaller, int total) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _ofCallers = Limiter(perCaller);
    private readonly PartitionedRateLimiter<string> _ofAll = Limiter(total);

    /// <summary>So many places, until they are disposed of; null with whose they would have been where there are not as many.</summary>
    public IDisposable? TryTake(HttpContext context, int count, out bool ofCaller)
    {
        var own = _ofCallers.AttemptAcquire(CallerKey.Of(context) ?? "", Possible(count, perCaller));
        ofCaller = !own.IsAcquired;
        if (ofCaller)
            return null;
        var common = _ofAll.AttemptAcquire("", Possible(count, total));
        if (common.IsAcquired)
            return new Taken(own, common);
        own.Dispose();
        return null;
    }

    public void Dispose()
    {
        _ofCallers.Dispose();
        _ofAll.Dispose();
    }

    // What takes more than there is has all of it to itself.
    private static int Possible(int count, int limit) => limit == 0 ? count : Math.Min(count, limit);

    private static PartitionedRateLimiter<string> Limiter(int places) => PartitionedRateLimiter.Create<string, string>(key => places == 0
        ? RateLimitPartition.GetNoLimiter(key)
        : RateLimitPartition.GetConcurrencyLimiter(key, _ => new() { PermitLimit = places }));

    private sealed class Taken(IDisposable own, IDisposable common) : IDisposable
    {
        public void Dispose()
        {
            common.Dispose();
            own.Dispose();
        }
    }
}
