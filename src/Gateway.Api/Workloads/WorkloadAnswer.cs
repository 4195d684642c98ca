using Gateway.Api.Live;
using Gateway.Api.Live.Pictures;
using Gateway.Core.Workloads;
using Microsoft.Net.Http.Headers;

namespace Gateway.Api.Workloads;

/// <summary>
/// An answer with a strong `ETag` of all that it shows and `Observed-At`, the time at which the cluster was asked. A GET whose
/// `If-None-Match` names that tag is 304.
/// </summary>
internal sealed record WorkloadAnswer(int Status, object Body, DateTimeOffset ObservedAt) : IResult
{
    /// <summary>Where the workload is, for a submission.</summary>
    public string? Location { get; init; }

    /// <summary>Whether this answers a submission that was made before.</summary>
    public bool Replayed { get; init; }

    public async Task ExecuteAsync(HttpContext context)
    {
        context.Features.Set(Body as Workload);
        var text = TextOf(Body);
        var (body, tag) = (text.Json, TagOf(text));
        var live = context.RequestServices.GetRequiredService<LivePictures>();
        var headers = context.Response.GetTypedHeaders();
        headers.ETag = tag;
        headers.Set("Observed-At", ObservedAt.ToApiTime());
        if (Location is not null)
            context.Response.Headers.Location = Location;
        if (Replayed)
            headers.Set("Idempotency-Replayed", "true");
        if (live.IsStale(ObservedAt))
            headers.Set("Warning", "110 - \"The cluster was last heard of at the time of Observed-At\"");
        if (IsKnown(context.Request, tag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        context.Response.StatusCode = Status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>Whether the caller of a GET has it already: `If-None-Match` names its tag.</summary>
    public bool IsKnown(HttpRequest request) => IsKnown(request, TagOf(TextOf(Body)));

    /// <summary>Whether the request may act on what the answer would show: `If-Match` is not there, or names its tag.</summary>
    public static bool Matches(HttpRequest request, object body)
    {
        var wanted = request.GetTypedHeaders().IfMatch;
        return !request.Headers.ContainsKey(HeaderNames.IfMatch)
            || wanted.Any(tag => tag == EntityTagHeaderValue.Any || tag.Compare(TagOf(TextOf(body)), useStrongComparison: true));
    }

    private static WorkloadText TextOf(object body) => body as WorkloadText ?? WorkloadText.Of(body);

    private static EntityTagHeaderValue TagOf(WorkloadText text) => new($"\"{text.Tag:x32}\"");

    private static bool IsKnown(HttpRequest request, EntityTagHeaderValue tag) =>
        HttpMethods.IsGet(request.Method) && request.GetTypedHeaders().IfNoneMatch.Any(known => known == EntityTagHeaderValue.Any || known.Compare(tag, useStrongComparison: false));
}
