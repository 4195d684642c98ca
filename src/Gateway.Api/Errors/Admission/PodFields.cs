namespace Gateway.Api.Errors.Admission;

/// <summary>Fields of the objects that admission looks at, as they stand in causes.</summary>
internal static class PodFields
{
    /// <summary>What the container asks for, of the resource that the refusal names.</summary>
    public const string Request = "spec.containers[0].resources.requests[{resource}]";

    /// <summary>What the container may take.</summary>
    public const string Limit = "spec.containers[0].resources.limits[{resource}]";

    /// <summary>The one of the two that the refusal names.</summary>
    public const string Part = "spec.containers[0].resources.{part}s[{resource}]";

    /// <summary>The size of a claim.</summary>
    public const string Size = "spec.resources.requests[storage]";
}
