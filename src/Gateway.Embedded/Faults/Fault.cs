namespace Gateway.Embedded.Faults;

/// <summary>Something that is to go wrong with requests.</summary>
public sealed record Fault
{
    /// <summary>What goes wrong.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>The verb of the requests it is for, such as <c>create</c> or <c>watch</c>; null for every verb.</summary>
    public string? Verb { get; init; }

    /// <summary>The resource of the requests it is for, such as <c>jobs</c> or <c>pods/log</c>; null for every resource.</summary>
    public string? Resource { get; init; }

    /// <summary>The namespace of the requests it is for; null for every one.</summary>
    public string? Namespace { get; init; }

    /// <summary>How many requests it strikes; null until the faults are cleared.</summary>
    public int? Times { get; init; }

    /// <summary>The share of the requests it strikes, from 0 to 1.</summary>
    public double Share { get; init; } = 1;

    /// <summary>Where the choice of that share begins, so that it comes out the same each time.</summary>
    public int Seed { get; init; }

    /// <summary>The length of a delay; for a cut watch, how long it lives.</summary>
    public double Seconds { get; init; }

    /// <summary>For a cut body, how many of its bytes come through.</summary>
    public int Bytes { get; init; }

    /// <summary>What <c>Retry-After</c> says, where the answer has one.</summary>
    public int RetryAfterSeconds { get; init; } = 1;

    /// <summary>The status of a refusal.</summary>
    public int Code { get; init; } = 403;

    /// <summary>The reason of a refusal; null for none.</summary>
    public string? Reason { get; init; } = "Forbidden";

    /// <summary>The message of a refusal.</summary>
    public string Message { get; init; } = "";
}

/// <summary>The ways in which a request goes wrong.</summary>
public enum FaultKind
{
    /// <summary>The answer comes later.</summary>
    Delay,

    /// <summary>A refusal with a code, reason and message of the test's own; nothing was done.</summary>
    Refusal,

    /// <summary>429 with <c>Retry-After</c>; nothing was done.</summary>
    TooManyRequests,

    /// <summary>500; nothing was done.</summary>
    InternalError,

    /// <summary>503 with <c>Retry-After</c>; nothing was done.</summary>
    Unavailable,

    /// <summary>504; nothing was done.</summary>
    Timeout,

    /// <summary>500 without a reason, as when etcd does not answer in time, although everything was done.</summary>
    InternalErrorAfter,

    /// <summary>504 although everything was done: the server goes on with what it gave up waiting for.</summary>
    TimeoutAfter,

    /// <summary>The connection breaks before anything was done.</summary>
    DropBefore,

    /// <summary>The connection breaks once everything was done.</summary>
    DropAfter,

    /// <summary>Nothing is done, no answer comes, and the connection stays open.</summary>
    StallBefore,

    /// <summary>Everything is done, but no answer comes, and the connection stays open.</summary>
    StallAfter,

    /// <summary>The answer stops in the middle and the connection stays open.</summary>
    StallBody,

    /// <summary>The connection breaks in the middle of the answer.</summary>
    CutBody,

    /// <summary>The connection of a watch breaks after a while.</summary>
    CutWatch,

    /// <summary>The changes of the resource are forgotten: continuing from an older version is refused.</summary>
    HistoryGone,

    /// <summary>401, as if the token had expired.</summary>
    ExpiredToken,
}
