using System.Text;

namespace Gateway.Embedded.Api;

/// <summary>The answers that are about no object: version, health, and what does not exist.</summary>
internal static class Plain
{
    private static readonly byte[] Version = Encoding.UTF8.GetBytes("""
        {"major":"1","minor":"36","emulationMajor":"1","emulationMinor":"36","minCompatibilityMajor":"1","minCompatibilityMinor":"35","gitVersion":"v1.36.2","gitCommit":"0000000000000000000000000000000000000000","gitTreeState":"clean","buildDate":"2026-01-01T00:00:00Z","goVersion":"go1.26.11","compiler":"gc","platform":"linux/amd64"}
        """);

    public static Task AnswerAsync(ApiRequest request) => request.Http.Request.Path.Value switch
    {
        "/version" => request.Http.AnswerAsync(200, Version),
        "/readyz" or "/livez" or "/healthz" => TextAsync(request.Http, 200, "ok"),
        _ => TextAsync(request.Http, 404, "404 page not found\n"),
    };

    private static Task TextAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(text);
    }
}
