using System.ComponentModel.DataAnnotations;

namespace Gateway.Core.Workloads;

/// <summary>An environment variable, with exactly one of `value`, `secret`, `configMap` and `field`.</summary>
public sealed record EnvironmentVariable
{
    /// <summary>The name, unique in the submission: any printable ASCII characters but `=`.</summary>
    /// <example>EPOCHS</example>
    [MaxLength(1024)]
    public string? Name { get; init; }

    /// <summary>The value itself. Keep passwords out of it: use `secret`.</summary>
    /// <example>10</example>
    [MaxLength(131_071)]
    public string? Value { get; init; }

    /// <summary>A key of a Secret in the project's namespace.</summary>
    public KeyReference? Secret { get; init; }

    /// <summary>A key of a ConfigMap in the project's namespace.</summary>
    public KeyReference? ConfigMap { get; init; }

    /// <summary>A field of the pod, such as `metadata.name` or `status.podIP`: https://kubernetes.io/docs/concepts/workloads/pods/downward-api/</summary>
    [MaxLength(350)]
    public string? Field { get; init; }
}

/// <summary>One key of a Secret or ConfigMap.</summary>
public sealed record KeyReference
{
    /// <summary>The name of the Secret or ConfigMap.</summary>
    public string? Name { get; init; }

    /// <summary>The key in it.</summary>
    public string? Key { get; init; }
}

/// <summary>All keys of a Secret or ConfigMap as environment variables: exactly one of `secret` and `configMap`.</summary>
public sealed record EnvironmentSource
{
    /// <summary>What stands before each name.</summary>
    [MaxLength(256)]
    public string? Prefix { get; init; }

    /// <summary>The name of a Secret in the project's namespace.</summary>
    public string? Secret { get; init; }

    /// <summary>The name of a ConfigMap in the project's namespace.</summary>
    public string? ConfigMap { get; init; }
}
