using System.Text.Json.Nodes;

namespace Gateway.Embedded.Kinds;

/// <summary>What Kubernetes knows of one kind: its defaults, what it writes itself, and what it refuses. A kind without rules is taken as it comes.</summary>
internal sealed record KindRules
{
    /// <summary>Fills in what was left out; done on every write.</summary>
    public Action<JsonObject> Defaults { get; init; } = _ => { };

    /// <summary>Writes what a new object of this kind begins with.</summary>
    public Action<JsonObject> BeforeCreate { get; init; } = _ => { };

    /// <summary>Keeps what a change may not touch; given the new and the standing object.</summary>
    public Action<JsonObject, JsonObject> BeforeUpdate { get; init; } = (_, _) => { };

    public Action<JsonObject, FieldErrors> Validate { get; init; } = (_, _) => { };

    /// <summary>Given the new and the standing object.</summary>
    public Action<JsonObject, JsonObject, FieldErrors> ValidateUpdate { get; init; } = (_, _, _) => { };

    /// <summary>How long a deleted object may take; given the object and the seconds that were asked for.</summary>
    public Func<JsonObject, long?, long> GraceSeconds { get; init; } = (_, _) => 0;
}
