using System.Text.Json.Nodes;

namespace Gateway.Api.Tests.Faults.Page;

/// <summary>What a caller saw.</summary>
/// <param name="Status">The status; 0 where there was none.</param>
/// <param name="Text">All of it in a few words.</param>
/// <param name="Outcomes">What it says of each write: <c>none</c>, <c>unknown</c>, or <c>done</c>, which every success is.</param>
/// <param name="RetryAfter">Whether it says when to ask again.</param>
internal sealed record Answer(int Status, string Text, IReadOnlyList<string> Outcomes, bool RetryAfter)
{
    public bool Succeeded => Status is >= 200 and < 300 && Outcomes.All(outcome => outcome == "done");

    public static async Task<Answer> ReadAsync(Task<HttpResponseMessage> sent)
    {
        using var response = await sent;
        var (status, wait) = ((int)response.StatusCode, response.Headers.RetryAfter?.Delta);
        try
        {
            var text = await response.Content.ReadAsStringAsync();
            return response.Content.Headers.ContentType?.MediaType == "text/plain"
                ? new(status, $"{status}", ["done"], false)
                : Of(status, JsonNode.Parse(text)!.AsObject(), wait, response.Headers.Contains("Idempotency-Replayed"));
        }
        catch (HttpRequestException)
        {
            return new(status, $"{status}, broken off", ["unknown"], wait is not null);
        }
    }

    private static Answer Of(int status, JsonObject body, TimeSpan? wait, bool replayed)
    {
        if (body["items"] is JsonArray items && items.Count > 0 && items[0]!["status"] is not null)
        {
            var answers = items.Select(item => Of((int)item!["status"]!, item["problem"]?.AsObject() ?? [], null, false)).OrderBy(one => one.Text, StringComparer.Ordinal).ToList();
            return new(status, $"{status}: {string.Join("; ", answers.GroupBy(one => one.Text).Select(same => same.Count() == 1 ? same.Key : $"{same.Count()} × {same.Key}"))}", [.. answers.SelectMany(one => one.Outcomes)], true);
        }
        var code = (string?)body["code"];
        var outcome = (string?)body["outcome"];
        var text = code is null ? $"{status}{(replayed ? " replayed" : "")}"
            : $"{status} `{code}`{(outcome is null ? "" : $", `{outcome}`")}{(wait is not null ? ", Retry-After" : "")}";
        return new(status, text, [code is null ? "done" : outcome ?? "none"], wait is not null);
    }
}
