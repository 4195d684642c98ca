using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Gateway.Api.Tests.Clusters;

/// <summary>A test of what only the embedded cluster can do; skipped, with the reason, on a real one.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EmbeddedFactAttribute : FactAttribute
{
    public EmbeddedFactAttribute(string because) => Skip = Reason(because);

    public static string? Reason(string because) => RealCluster.IsMeant ? $"embedded cluster only: {because}" : null;
}

/// <summary>A test with rows of what only the embedded cluster can do.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EmbeddedTheoryAttribute : TheoryAttribute
{
    public EmbeddedTheoryAttribute(string because) => Skip = EmbeddedFactAttribute.Reason(because);
}

/// <summary>A test that needs pods that run, and so controllers, the scheduler, GPUs and kubelets: it has the trait Needs=pods.</summary>
[AttributeUsage(AttributeTargets.Method)]
[TraitDiscoverer("Gateway.Api.Tests.Clusters.PodsTrait", "Gateway.Api.Tests")]
internal sealed class PodsFactAttribute : FactAttribute, ITraitAttribute
{
    public PodsFactAttribute() => Skip = Reason;

    public static string? Reason => RealCluster.HasNoPods ? "needs running pods, which a control plane without kubelets has not" : null;
}

/// <summary>A test with rows that needs pods that run.</summary>
[AttributeUsage(AttributeTargets.Method)]
[TraitDiscoverer("Gateway.Api.Tests.Clusters.PodsTrait", "Gateway.Api.Tests")]
internal sealed class PodsTheoryAttribute : TheoryAttribute, ITraitAttribute
{
    public PodsTheoryAttribute() => Skip = PodsFactAttribute.Reason;
}

/// <summary>The trait by which such tests are chosen or left out: <c>--filter Needs!=pods</c>.</summary>
public sealed class PodsTrait : ITraitDiscoverer
{
    public IEnumerable<KeyValuePair<string, string>> GetTraits(IAttributeInfo traitAttribute) => [new("Needs", "pods")];
}
