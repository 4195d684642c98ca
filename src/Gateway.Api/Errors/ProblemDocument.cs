using System.ComponentModel;

namespace Gateway.Api.Errors;

/// <summary>Why a request was refused, or could not be carried out.</summary>
internal sealed record ProblemDocument
{
    [Description("The kind of problem, as a URI.")]
    public required string Type { get; init; }

    [Description("The kind of problem, as a sentence.")]
    public required string Title { get; init; }

    [Description("The HTTP status.")]
    public required int Status { get; init; }

    [Description("What went wrong this time.")]
    public required string Detail { get; init; }

    [Description("The path that was asked for.")]
    public required string Instance { get; init; }

    [Description("The kind of problem, for programs: it does not change.")]
    public required string Code { get; init; }

    [Description("What to look for in the gateway's log.")]
    public required string TraceId { get; init; }

    [Description("Whether the same request may succeed later.")]
    public required bool Retryable { get; init; }

    [Description("For writes: `none` when nothing was stored, `done`, or `unknown`.")]
    public string? Outcome { get; init; }

    [Description("The uid of the object that has the name.")]
    public string? Uid { get; init; }

    [Description("From the path in the request (`gpu.fraction`) to what is wrong there.")]
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }
}
