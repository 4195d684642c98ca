using Gateway.Api.Errors;
using Gateway.Api.Observability;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Streams;

/// <summary>Lets so many answers go on at a time, of each caller and of all.</summary>
internal sealed class StreamPlaces(IOptions<StreamOptions> options, GatewayMetrics metrics) : IDisposable
{
    // Nobody knows when one will end.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private readonly CallerPlaces _places = new(options.Value.PerCaller, options.Value.Total);

    /// <summary>A place for the answer to a request, counted under a kind until it is disposed of. Ends the request with 429 where there is none.</summary>
    public IDisposable Take(HttpContext context, string kind) =>
        _places.TryTake(context, 1, out var ofCaller) is { } place ? new Place(place, metrics.StreamOpened(kind)) : throw Refuse(ofCaller);

    public void Dispose() => _places.Dispose();

    private ProblemException Refuse(bool ofCaller)
    {
        var detail = ofCaller
            ? $"The caller has as many streams, logs and waiting requests open as one may: {options.Value.PerCaller} (Streams:PerCaller)."
            : $"As many streams, logs and waiting requests are open as the gateway takes: {options.Value.Total} (Streams:Total).";
        return new(ProblemTypes.TooManyRequests.With(detail) with { RetryAfter = Soon });
    }

    private sealed class Place(IDisposable taken, IDisposable counted) : IDisposable
    {
        public void Dispose()
        {
            counted.Dispose();
            taken.Dispose();
        }
    }
}
