using System.Text;
using System.Text.Json.Nodes;

namespace Gateway.Embedded.Api.Discovery;

/// <summary>The answers that are about no object: version, health, what is served, and what does not exist.</summary>
internal static class Plain
{
    private static readonly byte[] Version = Encoding.UTF8.GetBytes("""
        {"major":"1","minor":"36","emulationMajor":"1","emulationMinor":"36","minCompatibilityMajor":"1","minCompatibilityMinor":"35","gitVersion":"v1.36.2","gitCommit":"0000000000000000000000000000000000000000","gitTreeState":"clean","buildDate":"2026-01-01T00:00:00Z","goVersion":"go1.26.11","compiler":"gc","platform":"linux/amd64"}
        """);

    public static Task AnswerAsync(ApiRequest request, JsonObject tokenKeys)
    {
        var http = request.Http;
        return http.Request.Path.Value!.TrimEnd('/').Split('/', StringSplitOptions.RemoveEmptyEntries) switch
        {
            ["version"] => http.AnswerAsync(200, Version),
            ["openid", "v1", "jwks"] => TextAsync(http, 200, tokenKeys.ToJsonString(), "application/jwk-set+json"),
            ["readyz" or "livez" or "healthz"] => TextAsync(http, 200, "ok"),
            ["api"] => http.AnswerAsync(200, Catalogue.CoreVersions()),
            ["apis"] => http.AnswerAsync(200, Catalogue.Groups()),
            ["apis", var group] when Catalogue.Group(group) is { } found => http.AnswerAsync(200, found),
            ["openapi", "v3"] => http.AnswerAsync(200, OpenApi.Index()),
            ["openapi", "v3", "api", "v1"] => http.AnswerAsync(200, OpenApi.Document("", "v1")!),
            ["openapi", "v3", "apis", var group, var version] when OpenApi.Document(group, version) is { } found => http.AnswerAsync(200, found),
            ["api", "v1"] => http.AnswerAsync(200, Catalogue.Resources("", "v1")!),
            ["apis", var group, var version] when Catalogue.Resources(group, version) is { } found => http.AnswerAsync(200, found),
            _ => TextAsync(http, 404, "404 page not found\n"),
        };
    }

    private static Task TextAsync(HttpContext http, int status, string text, string type = "text/plain; charset=utf-8")
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        return http.Response.WriteAsync(text);
    }
}
