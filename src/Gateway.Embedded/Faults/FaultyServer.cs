using System.Text.Json.Nodes;
using Gateway.Embedded.Api;
using Gateway.Embedded.Objects;

namespace Gateway.Embedded.Faults;

/// <summary>Stands before the API and lets go wrong what is planned to.</summary>
internal sealed class FaultyServer(FaultPlan plan, RequestDelegate api, TimeProvider time)
{
    public async Task HandleAsync(HttpContext http)
    {
        var request = ApiRequest.From(http);
        var fault = plan.Strike(request);
        if (request.Verb != "watch")
        {
            await plan.WorkAsync(() => HandleAsync(request, fault));
            return;
        }
        plan.OpenWatches[http] = true;
        await HandleAsync(request, fault);
        plan.OpenWatches.TryRemove(http, out _);
    }

    private Task HandleAsync(ApiRequest request, Fault? fault) => fault?.Kind switch
    {
        null => api(request.Http),
        FaultKind.Delay => DelayAsync(request.Http, fault),
        FaultKind.Refusal => request.Http.RefuseAsync(new Refusal(fault.Code, fault.Reason, fault.Message)),
        FaultKind.TooManyRequests => RefuseAsync(request.Http, fault, 429, "TooManyRequests", "the server has received too many requests and has asked us to try again later"),
        FaultKind.Unavailable => RefuseAsync(request.Http, fault, 503, "ServiceUnavailable", "the server is currently unable to handle the request"),
        FaultKind.InternalError => request.Http.RefuseAsync(new Refusal(500, "InternalError", "Internal error occurred: a fault was asked for")),
        FaultKind.Timeout => request.Http.RefuseAsync(TimedOut()),
        FaultKind.InternalErrorAfter => RefuseAfterAsync(request.Http, new Refusal(500, null, "etcdserver: request timed out")),
        FaultKind.TimeoutAfter => RefuseAfterAsync(request.Http, TimedOut()),
        FaultKind.ExpiredToken => request.Http.RefuseAsync(Refusal.Unauthorized()),
        FaultKind.DropBefore => Drop(request.Http),
        FaultKind.DropAfter => DropAfterAsync(request.Http),
        FaultKind.StallBefore => HoldAsync(request.Http, Timeout.InfiniteTimeSpan),
        FaultKind.StallAfter => StallAfterAsync(request.Http),
        FaultKind.StallBody => StallAsync(request.Http),
        FaultKind.CutBody => CutBodyAsync(request.Http, fault),
        FaultKind.CutWatch => CutAsync(request.Http, fault),
        _ => ForgetAsync(request),
    };

    private async Task DelayAsync(HttpContext http, Fault fault)
    {
        await HoldAsync(http, TimeSpan.FromSeconds(fault.Seconds));
        await api(http);
    }

    private static Task RefuseAsync(HttpContext http, Fault fault, int code, string reason, string message)
    {
        http.Response.Headers.RetryAfter = $"{fault.RetryAfterSeconds}";
        return http.RefuseAsync(new Refusal(code, reason, message, new JsonObject { ["retryAfterSeconds"] = fault.RetryAfterSeconds }));
    }

    private static Task Drop(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }

    private static Refusal TimedOut() => new(504, "Timeout", "Timeout: request did not complete within requested timeout - context deadline exceeded", []);

    private async Task DropAfterAsync(HttpContext http)
    {
        await InSilenceAsync(http);
        http.Abort();
    }

    private async Task StallAfterAsync(HttpContext http)
    {
        await InSilenceAsync(http);
        await HoldAsync(http, Timeout.InfiniteTimeSpan);
    }

    private Task HoldAsync(HttpContext http, TimeSpan length)
    {
        var wait = Task.Delay(length, time, http.RequestAborted);
        return plan.OpenWatches.ContainsKey(http) ? wait : plan.HoldAsync(wait);
    }

    private async Task RefuseAfterAsync(HttpContext http, Refusal refusal)
    {
        await InSilenceAsync(http);
        await http.RefuseAsync(refusal);
    }

    // What would have been answered is lost.
    private async Task InSilenceAsync(HttpContext http)
    {
        var body = http.Response.Body;
        http.Response.Body = Stream.Null;
        await api(http);
        http.Response.Clear();
        http.Response.Body = body;
    }

    private async Task StallAsync(HttpContext http)
    {
        http.Response.Body = new StallingStream(http.Response.Body, () => HoldAsync(http, Timeout.InfiniteTimeSpan));
        await api(http);
    }

    private async Task CutBodyAsync(HttpContext http, Fault fault)
    {
        http.Response.Body = new CuttingStream(http.Response.Body, fault.Bytes);
        await api(http);
    }

    private async Task CutAsync(HttpContext http, Fault fault)
    {
        await using var timer = time.CreateTimer(_ => http.Abort(), null, TimeSpan.FromSeconds(fault.Seconds), Timeout.InfiniteTimeSpan);
        await api(http);
    }

    private Task ForgetAsync(ApiRequest request)
    {
        if (request.Type is { Stored: true } type) plan.Forget(type);
        return api(request.Http);
    }
}
