using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Api;

/// <summary>How answers are written.</summary>
internal static class Answer
{
    public static Task AnswerAsync(this HttpContext http, int status, StoredObject found)
    {
        var body = new byte[found.Type.Prefix.Length + found.Json.Length - 1];
        found.CopyTo(body);
        return http.AnswerAsync(status, body);
    }

    public static Task AnswerAsync(this HttpContext http, int status, JsonObject body) => http.AnswerAsync(status, body.ToUtf8());

    public static async Task AnswerAsync(this HttpContext http, int status, byte[] body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    public static Task RefuseAsync(this HttpContext http, Refusal refusal) =>
        http.Response.HasStarted ? Task.CompletedTask : http.AnswerAsync(refusal.Code, refusal.ToStatus());

    /// <summary>A remark beside the answer, as Kubernetes gives it.</summary>
    public static void Warn(this HttpContext http, string text) =>
        http.Response.Headers.Append("Warning", $"299 - \"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");

    private static void CopyTo(this StoredObject found, Span<byte> body)
    {
        found.Type.Prefix.CopyTo(body);
        found.Json.Span[1..].CopyTo(body[found.Type.Prefix.Length..]);
    }
}
