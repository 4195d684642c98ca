using System.Text.Json.Nodes;
using Gateway.Api.Workloads.Policy;
using Xunit;

namespace Gateway.Api.Tests.Workloads;

/// <summary>Each rule of the policy: what it refuses unless a setting allows it, and what it leaves alone.</summary>
public sealed class PolicyRulesTests
{
    private static readonly PolicyOptions Allowing = new()
    {
        HostPaths = ["/data", "/scratch/:rw"],
        AllowNfs = true,
        AllowHostNetwork = true,
        AllowHostIpc = true,
        Capabilities = ["IPC_LOCK"],
        AllowUnconfinedSeccomp = true,
        AllowRoot = true,
        AllowNodePort = true,
        AllowLoadBalancer = true,
    };

    [Theory]
    [InlineData("""{"volumes": [{"claim": {}}, {"hostPath": {"path": "/data/a"}}]}""", "volumes[1].hostPath.path", "HostPaths")]
    [InlineData("""{"volumes": [{"nfs": {"server": "a", "path": "/"}}]}""", "volumes[0].nfs", "AllowNfs")]
    [InlineData("""{"security": {"hostNetwork": true}}""", "security.hostNetwork", "AllowHostNetwork")]
    [InlineData("""{"security": {"hostIpc": true}}""", "security.hostIpc", "AllowHostIpc")]
    [InlineData("""{"security": {"capabilities": {"add": ["IPC_LOCK"]}}}""", "security.capabilities.add[0]", "Capabilities")]
    [InlineData("""{"security": {"seccompProfile": "Unconfined"}}""", "security.seccompProfile", "AllowUnconfinedSeccomp")]
    [InlineData("""{"security": {"runAsUser": 0}}""", "security.runAsUser", "AllowRoot")]
    [InlineData("""{"security": {"runAsGroup": 0}}""", "security.runAsGroup", "AllowRoot")]
    [InlineData("""{"security": {"fsGroup": 0}}""", "security.fsGroup", "AllowRoot")]
    [InlineData("""{"security": {"supplementalGroups": [5, 0]}}""", "security.supplementalGroups[1]", "AllowRoot")]
    [InlineData("""{"expose": "NodePort"}""", "expose", "AllowNodePort")]
    [InlineData("""{"expose": "LoadBalancer"}""", "expose", "AllowLoadBalancer")]
    public void Rejects_WhatIsDangerousUnlessItIsAllowed(string submission, string path, string setting)
    {
        var violation = Assert.Single(Violations(submission, new()));

        Assert.Equal((path, setting), (violation.Path, violation.Setting));
        Assert.Empty(Violations(submission, Allowing));
    }

    [Theory]
    [InlineData("""{"volumes": [{"claim": {"name": "a"}}, {"emptyDir": {}}]}""")]
    [InlineData("""{"security": {"hostNetwork": false, "hostIpc": false, "runAsUser": 1000, "runAsGroup": 1000, "supplementalGroups": [1]}}""")]
    [InlineData("""{"security": {"capabilities": {"drop": ["ALL"]}, "seccompProfile": "RuntimeDefault"}}""")]
    [InlineData("""{"expose": "ClusterIP", "annotations": {"a": "b"}}""")]
    public void Accepts_WhatHarmsNobody(string submission) => Assert.Empty(Violations(submission, new()));

    [Theory]
    [InlineData("""{"volumes": [{"hostPath": {"path": "/database"}}]}""")]
    [InlineData("""{"volumes": [{"hostPath": {"path": "/data/../etc"}}]}""")]
    [InlineData("""{"volumes": [{"hostPath": {"path": "/"}}]}""")]
    [InlineData("""{"volumes": [{"hostPath": {"path": "data/a"}}]}""")]
    [InlineData("""{"volumes": [{"readOnly": false, "hostPath": {"path": "/data/a"}}]}""")]
    [InlineData("""{"security": {"capabilities": {"add": ["ALL"]}}}""")]
    [InlineData("""{"security": {"capabilities": {"add": ["ipc_lock"]}}}""")]
    public void Rejects_WhatIsBesideWhatIsAllowed(string submission) => Assert.Single(Violations(submission, Allowing));

    [Theory]
    [InlineData("/data")]
    [InlineData("/data/")]
    [InlineData("//data/./a")]
    [InlineData("/scratch/a/b")]
    public void Accepts_PathsBelowAnAllowedOne(string path) => Assert.Empty(Violations($$$"""{"volumes": [{"hostPath": {"path": "{{{path}}}"}}]}""", Allowing));

    [Theory]
    [InlineData("""{"volumes": [{"readOnly": true, "hostPath": {"path": "/data/a"}}, {"hostPath": {"path": "/data/a"}}]}""")]
    [InlineData("""{"volumes": [{"readOnly": false, "hostPath": {"path": "/scratch/a"}}]}""")]
    [InlineData("""{"volumes": [{"readOnly": false, "claim": {"name": "data"}}]}""")]
    public void Accepts_WritingWhereItIsAllowed(string submission) => Assert.Empty(Violations(submission, Allowing));

    // In every form that GPUs can be asked for: what the pod gets of a GPU that it shares counts as one.
    [Theory]
    [InlineData("""{"gpu": {"count": 3}}""", 2, "gpu.count")]
    [InlineData("""{"gpu": {"fraction": 0.5, "devices": 3}}""", 2, "gpu.devices")]
    [InlineData("""{"gpu": {"memory": "1Gi", "devices": 3}}""", 2, "gpu.devices")]
    [InlineData("""{"gpu": {"count": 1}}""", 0, "gpu.count")]
    [InlineData("""{"gpu": {"fraction": 0.5}}""", 0, "gpu.fraction")]
    [InlineData("""{"gpu": {"memory": "1Gi"}}""", 0, "gpu.memory")]
    [InlineData("""{"gpu": {"mig": "1g.5gb"}}""", 0, "gpu.mig")]
    [InlineData("""{"extendedResources": {"amd.com/gpu": 1}}""", 0, "extendedResources")]
    [InlineData("""{"extendedResources": {"gpu.intel.com/i915": 1, "amd.com/gpu": 2}}""", 2, "extendedResources")]
    [InlineData("""{"extendedResources": {"example.org/accelerator": 3}}""", 2, "extendedResources")]
    [InlineData("""{"extendedResources": {"amd.com/gpu": 9223372036854775807, "gpu.intel.com/xe": 9223372036854775807}}""", 2, "extendedResources")]
    [InlineData("""{"gpu": {"count": 1}, "extendedResources": {"amd.com/gpu": 2}}""", 2, "extendedResources")]
    [InlineData("""{"gpu": {"fraction": 0.5}, "extendedResources": {"amd.com/gpu": 2}}""", 2, "extendedResources")]
    public void Rejects_MoreGpusThanAPodMayHave(string submission, int most, string path)
    {
        var violation = Assert.Single(Violations(submission, Limiting(most)));

        Assert.Equal((path, "MaxGpus"), (violation.Path, violation.Setting));
        Assert.Empty(Violations(submission, new()));
    }

    [Theory]
    [InlineData("""{"gpu": {"count": 2}}""", 2)]
    [InlineData("""{"gpu": {"count": 0}}""", 0)]
    [InlineData("""{"gpu": {"fraction": 0.5}}""", 1)]
    [InlineData("""{"gpu": {"fraction": 0.5, "devices": 2}}""", 2)]
    [InlineData("""{"gpu": {"mig": "7g.40gb"}}""", 1)]
    [InlineData("""{"extendedResources": {"rdma/hca": 4, "amd.com/gpu": 0}}""", 0)]
    [InlineData("""{"gpu": {"count": 1}, "extendedResources": {"amd.com/gpu": 1}}""", 2)]
    public void Accepts_AsManyGpusAsAPodMayHave(string submission, int most) => Assert.Empty(Violations(submission, Limiting(most)));

    [Theory]
    [InlineData("""{}""", 1)]
    [InlineData("""{"security": {"runAsNonRoot": false}}""", 1)]
    [InlineData("""{"security": {"runAsNonRoot": true}}""", 0)]
    public void Violations_WhereNobodyMayBeRoot_AreThoseThatDoNotSaySo(string submission, int violations) => Assert.Equal(violations, Violations(submission, new() { RequireNonRoot = true }).Count);

    [Theory]
    [InlineData("""{"annotations": {"example.org/a": "b"}}""", 0)]
    [InlineData("""{"annotations": {"example.org/a": "b", "other.org/a": "b"}}""", 1)]
    public void Violations_OfAnnotations_AreThoseWithoutAPrefix(string submission, int violations) => Assert.Equal(violations, Violations(submission, new() { AnnotationPrefixes = ["example.org/"] }).Count);

    [Theory]
    [InlineData("""{}""", 2)]
    [InlineData("""{"user": "jane", "cpu": {"request": "1"}}""", 0)]
    [InlineData("""{"user": "jane", "cpu": {"limit": "1"}}""", 1)]
    [InlineData("""{"user": "jane", "cpu": {}}""", 1)]
    public void Violations_OfRequiredFields_AreThoseThatAreAbsent(string submission, int violations) => Assert.Equal(violations, Violations(submission, new() { Required = ["user", "cpu.request"] }).Count);

    // A rule about a field that nobody can say would never refuse anything.
    [Fact]
    public void Rules_OfThePolicy_NameFieldsOfASubmission() => Assert.Empty(from path in PolicyRules.Paths where !SubmissionFields.Has(path) select path);

    private static PolicyOptions Limiting(int most) => new() { MaxGpus = most, GpuResources = ["example.org/accelerator"] };

    private static IReadOnlyList<Violation> Violations(string submission, PolicyOptions policy) => policy.Violations(JsonNode.Parse(submission)!.AsObject());
}
