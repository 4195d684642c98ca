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
    [InlineData("spec.template.spec.restartPolicy", "spec.template.spec.restartPolicy")]
    [InlineData("spec.template.spec.containers[1].image", "spec.template.spec.containers[1].image")]
    public void Field_OfTheCluster_IsTheCallersWhereThereIsOne(string field, string path) => Assert.Equal(path, CallersPath.Of(field));
}
