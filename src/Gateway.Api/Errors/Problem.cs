using System.Diagnostics;
using System.Text.Json;
using Gateway.Core.Workloads;
using Microsoft.Net.Http.Headers;

namespace Gateway.Api.Errors;

/// <summary>One refusal, as `application/problem+json`: https://www.rfc-editor.org/rfc/rfc9457</summary>
internal sealed record Problem : IResult
{
    private const int LongestDetail = 2000;

    public required ProblemType Type { get; init; }

    /// <summary>A sentence on this very case.</summary>
    public required string Detail { get; init; }

    /// <summary>From the caller's JSON path to what is wrong there.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>For writes: whether something was stored.</summary>
    public Outcome Outcome { get; init; } = Outcome.None;

    /// <summary>The uid of the object that is in the way.</summary>
    public string? Uid { get; init; }

    /// <summary>Where the workload is, or will be if it exists; below the path that the gateway is mounted on.</summary>
    public string? Location { get; init; }

    /// <summary>When to ask again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>With 401: how to authenticate, as https://www.rfc-editor.org/rfc/rfc6750#section-3 says it.</summary>
    public string? Challenge { get; init; }

    public Task ExecuteAsync(HttpContext context)
    {
        // Others, the audit log for one, tell what was answered.
        context.Features.Set(this);
        var response = context.Response;
        response.StatusCode = Type.Status;
        if (Location is not null)
            response.Headers.Location = context.Request.PathBase + Location;
        if (Challenge is not null)
            response.Headers.WWWAuthenticate = Challenge;
        if (RetryAfter is { } wait)
            response.Headers[HeaderNames.RetryAfter] = $"{Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))}";
        return response.WriteAsJsonAsync(Document(context), WorkloadJson.Options, "application/problem+json", context.RequestAborted);
    }

    /// <summary>The refusal with errors of at most so many bytes, whatever the caller sent.</summary>
    public Problem Within(int bytes) => this with { Detail = BoundedErrors.Cut(Detail, Math.Min(LongestDetail, bytes)), Errors = Errors?.Within(bytes) };

    /// <summary>The refusal as it is written.</summary>
    public ProblemDocument Document(HttpContext context) => Within(BoundedErrors.Most).DocumentOf(context);

    private ProblemDocument DocumentOf(HttpContext context) => new()
    {
        Type = $"urn:workload-gateway:problem:{Type.Code}",
        Title = Type.Title,
        Status = Type.Status,
        Detail = Detail,
        Instance = context.Request.PathBase + context.Request.Path,
        Code = Type.Code,
        TraceId = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier,
        Retryable = Type.Retryable,
        Outcome = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) ? null : JsonNamingPolicy.CamelCase.ConvertName($"{Outcome}"),
        Uid = Uid,
        Errors = Errors,
    };
}

/// <summary>What a refused or broken write left behind.</summary>
internal enum Outcome
{
    /// <summary>Nothing was stored.</summary>
    None,

    /// <summary>It was done all the same.</summary>
    Done,

    /// <summary>It may have been done: reading tells.</summary>
    Unknown,
}
