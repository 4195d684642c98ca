namespace Gateway.Api.Auditing;

/// <summary>One change that was asked for, and how it ended.</summary>
internal sealed record AuditedItem(string Action, string? Workload)
{
    /// <summary>The code of what was done.</summary>
    public const string Done = "OK";

    public required string Project { get; init; }

    public required int Status { get; init; }

    public string Code { get; init; } = Done;

    public string? Uid { get; init; }

    /// <summary>The idempotency key, of which the log has a hash.</summary>
    public string? Key { get; init; }
}
