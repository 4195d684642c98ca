namespace Gateway.Core.Manifests;

/// <summary>What holds where a submission asks for nothing.</summary>
public sealed record WorkloadDefaults
{
    /// <summary>What the gateway does unless its operator says otherwise.</summary>
    public static WorkloadDefaults Standard { get; } = new();

    /// <summary>The command of a build that has neither command nor args.</summary>
    public IReadOnlyList<string> BuildCommand { get; init; } = ["sleep"];

    /// <summary>The arguments of a build that has neither command nor args.</summary>
    public IReadOnlyList<string> BuildArgs { get; init; } = ["infinity"];
}
