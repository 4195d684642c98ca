using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Gateway.Embedded.Api;
using Gateway.Embedded.Objects;

namespace Gateway.Embedded.Faults;

/// <summary>Lets the admin plan faults over HTTP, under <c>/embedded</c>.</summary>
internal sealed class FaultRoutes(FaultPlan plan, string adminToken, RequestDelegate next)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public Task HandleAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments("/embedded")) return next(http);
        if (http.Request.Headers.Authorization != $"Bearer {adminToken}") return http.RefuseAsync(Refusal.Unauthorized());
        return (http.Request.Method, http.Request.Path.Value) switch
        {
            ("GET", "/embedded/faults") => AnswerAsync(http),
            ("POST", "/embedded/faults") => AddAsync(http),
            ("DELETE", "/embedded/faults") => DoAsync(http, plan.Clear),
            ("POST", "/embedded/watches/cut") => DoAsync(http, plan.CutWatches),
            ("POST", "/embedded/history/forget") => DoAsync(http, plan.ForgetHistory),
            _ => http.RefuseAsync(new Refusal(404, "NotFound", "the server could not find the requested resource")),
        };
    }

    private async Task AddAsync(HttpContext http)
    {
        try
        {
            plan.Add((await JsonSerializer.DeserializeAsync<Fault>(http.Request.Body, Format, http.RequestAborted))!);
        }
        catch (JsonException e)
        {
            await http.RefuseAsync(Refusal.BadRequest(e.Message));
            return;
        }
        await AnswerAsync(http);
    }

    private Task DoAsync(HttpContext http, Action action)
    {
        action();
        return AnswerAsync(http);
    }

    private Task AnswerAsync(HttpContext http) =>
        http.AnswerAsync(200, new JsonObject { ["faults"] = JsonSerializer.SerializeToNode(plan.Faults, Format) });
}
