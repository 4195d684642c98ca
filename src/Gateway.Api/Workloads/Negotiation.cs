using Gateway.Api.Live.Streams;
using Microsoft.Net.Http.Headers;

namespace Gateway.Api.Workloads;

/// <summary>Which of several media types a caller prefers: https://www.rfc-editor.org/rfc/rfc9110#name-accept</summary>
internal static class Negotiation
{
    /// <summary>Whether events are wanted rather than one answer.</summary>
    public static bool WantsStream(this HttpRequest request) => request.Prefer("application/json", EventStream.MediaType) == EventStream.MediaType;

    /// <summary>The offer that the caller wants most, the first of equals; null when it accepts none.</summary>
    public static string? Prefer(this HttpRequest request, params string[] offers)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return accepted.Count == 0
            ? offers[0]
            : offers.Select(offer => (Offer: offer, Quality: Quality(offer, accepted))).Where(choice => choice.Quality > 0)
                .OrderByDescending(choice => choice.Quality).Select(choice => choice.Offer).FirstOrDefault();
    }

    // The most specific range decides; its parameters, such as a charset, do not.
    private static double Quality(string offer, IList<MediaTypeHeaderValue> accepted) =>
        accepted.Where(range => range.MatchesAllTypes || (offer.StartsWith($"{range.Type}/", StringComparison.OrdinalIgnoreCase) && (range.MatchesAllSubTypes || range.MediaType == offer)))
            .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0).Select(range => range.Quality ?? 1).FirstOrDefault();
}
