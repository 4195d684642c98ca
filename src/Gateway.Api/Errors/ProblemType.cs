namespace Gateway.Api.Errors;

/// <summary>One row of the error table: what every problem of this code has in common.</summary>
internal sealed record ProblemType(int Status, string Code, string Title, bool Retryable = false)
{
    /// <summary>A problem of this type, with a sentence on this very case.</summary>
    public Problem With(string detail) => new() { Type = this, Detail = detail };
}
