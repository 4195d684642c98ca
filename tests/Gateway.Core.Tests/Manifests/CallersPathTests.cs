using Gateway.Core.Manifests;
using Xunit;

namespace Gateway.Core.Tests.Manifests;

public sealed class CallersPathTests
{
    [Theory]
    [InlineData("metadata.name", "name")]
    [InlineData("spec.template.spec.containers[0].image", "image")]
    [InlineData("spec.template.spec.containers[0].name", "name")]
    [InlineData("spec.template.spec.containers[0].resources.limits[nvidia.com/gpu]", "gpu.count")]
    [InlineData("spec.containers[0].image", "image")]
    [InlineData("spec.template.spec.tolerations[0].operator", "scheduling.tolerations[0].operator")]
    [InlineData("spec.nodeSelector", "scheduling.nodeSelector")]
    [InlineData("spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[1].matchExpressions[0].values", "scheduling.nodeAffinity.required[1].matchExpressions[0].values")]
    [InlineData("spec.template.spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight", "scheduling.nodeAffinity.preferred[0].weight")]
    [InlineData("spec.template.spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey", "scheduling.podAffinity.required")]
    [InlineData("spec.template.spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.topologyKey", "scheduling.podAffinity.preferred")]
    [InlineData("tolerations", "tolerations")]
    [InlineData("spec.template.spec.restartPolicy", "spec.template.spec.restartPolicy")]
    [InlineData("spec.template.spec.containers[1].image", "spec.template.spec.containers[1].image")]
    public void Field_OfTheCluster_IsTheCallersWhereThereIsOne(string field, string path) => Assert.Equal(path, CallersPath.Of(field));
}
