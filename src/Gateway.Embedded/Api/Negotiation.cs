using Gateway.Embedded.Objects;
using Microsoft.Net.Http.Headers;

namespace Gateway.Embedded.Api;

/// <summary>What kinds of answer a caller takes. The cluster speaks JSON.</summary>
internal static class Negotiation
{
    private const string Available = "application/json, application/yaml, application/vnd.kubernetes.protobuf, application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch";

    /// <summary>Refuses who takes no JSON.</summary>
    public static void Check(HttpContext http)
    {
        var accept = http.Request.Headers.Accept;
        if (accept.Count == 0 || !MediaTypeHeaderValue.TryParseList(accept, out var types)) return;
        if (types.Any(type => type.MediaType.Value is "application/json" or "*/*" or "application/*")) return;
        throw new Refusal(406, "NotAcceptable", $"406: Not Acceptable\n\nAvailable representations: {Available}", []);
    }
}
