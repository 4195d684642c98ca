using Gateway.Api.Workloads.Policy;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Xunit;

namespace Gateway.Api.Tests.Workloads;

/// <summary>A policy as it is set: what stops the start, and which setting stands.</summary>
public sealed class PolicySettingsTests
{
    [Theory]
    [InlineData("Policy:MaxGpu", "1", "MaxGpu")]
    [InlineData("Policy:MaxGpus", "many", "MaxGpus")]
    [InlineData("Policy:MaxGpus", "-1", "Policy:MaxGpus must be 0 or more")]
    [InlineData("Policy:Projects:team-a:MaxGpus", "-1", "Policy:Projects:team-a:MaxGpus must be 0 or more")]
    [InlineData("Policy:ImageRegistries:0", "", "Policy:ImageRegistries must not have an empty entry")]
    [InlineData("Policy:HostPaths:0", "data", "HostPaths must be absolute paths, followed by :rw where callers may write, not data")]
    [InlineData("Policy:HostPaths:0", "/data/../etc", "not /data/../etc")]
    [InlineData("Policy:HostPaths:0", "/data:wr", "not /data:wr")]
    [InlineData("Policy:GpuResources:0", "gpu", "GpuResources must be names of resources, such as amd.com/gpu, not gpu")]
    [InlineData("Policy:Required:0", "scheduling.pool", "scheduling.pool, which is not a field")]
    [InlineData("Policy:Defaults:job:User", "jane", "train or build, not job")]
    [InlineData("Policy:Defaults:train:Usr", "jane", "Usr")]
    [InlineData("Policy:Defaults:train:Name", "jane", "cannot say type or name")]
    [InlineData("Policy:Defaults:train:Gpu:Fraction", "2", "Policy:Defaults:train:Gpu:Fraction must be less than 1")]
    [InlineData("Policy:Defaults:build:MinMembers", "1", "Policy:Defaults:build:MinMembers is for trains only")]
    [InlineData("Policy:RuntimeKeys:0", "sidecar.istio.io//inject", "RuntimeKeys has 'sidecar.istio.io//inject', which is no key")]
    [InlineData("Policy:RuntimeKeys:0", "", "RuntimeKeys has '', which is no key")]
    [InlineData("Policy:RuntimeKeys:0", "sidecar.istoi.io/inject", "opens nothing")]
    [InlineData("Policy:RuntimeKeys:0", "kai.scheduler/queue", "opens nothing")]
    [InlineData("Policy:RuntimeKeys:0", "nvidia.com/", "opens nothing")]
    [InlineData("Policy:ReservedKeys:0", "app=", "ReservedKeys has 'app=', which is no key")]
    [InlineData("Policy:ReservedKeys:0", "app kind", "ReservedKeys has 'app kind', which is no key")]
    [InlineData("Policy:Defaults:train:Labels:app", "kai-resource-reservation", "Labels must not have app: kai-resource-reservation, which is reserved")]
    [InlineData("Policy:Defaults:build:Annotations:nvidia.com/mig-1g.5gb", "1", "Annotations must not have nvidia.com/mig-1g.5gb, which is reserved")]
    [InlineData("Policy:Projects:team-a:Defaults:train:Labels:kai.scheduler/queue", "team-b", "which is reserved")]
    [InlineData("Policy:Defaults:train:Annotations:sidecar.istio.io/inject", "false", "annotations is against RuntimeKeys")]
    public void Rejects_APolicyThatCanNotHold(string name, string value, string words)
    {
        var stop = Assert.Throws<OptionsValidationException>(() => Read((name, value)));

        Assert.True(stop.Message.Contains(words, StringComparison.Ordinal), stop.Message);
    }

    [Fact]
    public void Rejects_DefaultsThatThePolicyForbids()
    {
        var stop = Assert.Throws<OptionsValidationException>(() => Read(("Policy:MaxGpus", "1"), ("Policy:Defaults:train:Gpu:Count", "2")));

        Assert.Contains("Policy:Defaults:train:gpu:count is against MaxGpus", stop.Message, StringComparison.Ordinal);
    }

    // Who may write to a folder can put a link in the place of what is in it, and the node would follow it.
    [Theory]
    [InlineData("Policy:HostPaths:0", "/data:rw", "Policy:HostPaths:1", "/data/sets", "Policy:HostPaths has /data/sets, which is below /data")]
    [InlineData("Policy:HostPaths:0", "/data/sets:rw", "Policy:Projects:a:HostPaths:0", "/data/:rw", "Policy:HostPaths has /data/sets, which is below /data")]
    [InlineData("Policy:Projects:a:HostPaths:0", "/:rw", "Policy:Projects:b:HostPaths:0", "/data", "Policy:Projects:b:HostPaths has /data, which is below /")]
    [InlineData("Policy:HostPaths:0", "/data", "Policy:HostPaths:1", "/data/:rw", "Policy:HostPaths has /data twice")]
    public void Rejects_FoldersThatGetInEachOthersWay(string name, string value, string other, string otherValue, string words)
    {
        var stop = Assert.Throws<OptionsValidationException>(() => Read((name, value), (other, otherValue)));

        Assert.True(stop.Message.Contains(words, StringComparison.Ordinal), stop.Message);
    }

    [Theory]
    [InlineData("Policy:HostPaths:0", "/data", "Policy:HostPaths:1", "/data/scratch:rw")]
    [InlineData("Policy:HostPaths:0", "/data:rw", "Policy:HostPaths:1", "/database")]
    [InlineData("Policy:HostPaths:0", "/data", "Policy:Projects:a:HostPaths:0", "/data:rw")]
    public void Accepts_FoldersThatNobodyCanReplace(string name, string value, string other, string otherValue) => Read((name, value), (other, otherValue));

    [Theory]
    [InlineData("sidecar.istio.io/inject=false", "false")]
    [InlineData("istio.io/", "true")]
    [InlineData("*", "true")]
    public void Accepts_ADefaultThatTheOperatorOpens(string opened, string value) =>
        Read(("Policy:RuntimeKeys:0", opened), ("Policy:Defaults:train:Labels:sidecar.istio.io/inject", value));

    [Fact]
    public void Policy_OfAProject_TakesItsOwnSettingsAndTheCommonRest()
    {
        var policies = Read(
            ("Policy:MaxGpus", "1"), ("Policy:ImageRegistries:0", "a.example"), ("Policy:ImageRegistries:1", "b.example"),
            ("policy:projects:Team-A:imageRegistries:0", "c.example"), ("Policy:Projects:team-b:ImageRegistries", ""));

        Assert.Equal(["c.example"], policies.Of("team-a").ImageRegistries);
        Assert.Empty(policies.Of("team-b").ImageRegistries);
        Assert.Equal(["a.example", "b.example"], policies.Of("team-c").ImageRegistries);
        Assert.All(["team-a", "team-b", "team-c"], project => Assert.Equal(1, policies.Of(project).MaxGpus));
    }

    [Theory]
    [InlineData("busybox", "docker.io", true)]
    [InlineData("busybox", "docker.io/library", true)]
    [InlineData("docker.io/busybox", "library/busybox", true)]
    [InlineData("index.docker.io/busybox:1", "docker.io/library/busybox", true)]
    [InlineData("pytorch/pytorch:2", "pytorch", true)]
    [InlineData("pytorch/pytorch:2", "docker.io/library", false)]
    [InlineData("gcr.io/team/a:1", "gcr.io", true)]
    [InlineData("gcr.io/team/a:1", "gcr.io/team/", true)]
    [InlineData("gcr.io/team/a:1", "gcr.io/team/a", true)]
    [InlineData("gcr.io/teams/a", "gcr.io/team", false)]
    [InlineData("gcr.io.evil.example/team/a", "gcr.io", false)]
    [InlineData("evil.example/gcr.io/team/a", "gcr.io", false)]
    [InlineData("gcr.io:5000/team/a", "gcr.io", false)]
    [InlineData("GCR.io/team/a", "gcr.io", true)]
    [InlineData("localhost:5000/a@sha256:0123", "localhost:5000", true)]
    [InlineData("localhost/a", "docker.io", false)]
    public void Image_ByItsName_IsInARegistry(string image, string registry, bool isIn) => Assert.Equal(isIn, ImageName.OfImage(image).IsIn(ImageName.Of(registry)));

    private static Policies Read(params (string Name, string Value)[] settings) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Name, setting.Value))).Build());
}
