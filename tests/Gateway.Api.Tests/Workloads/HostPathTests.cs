using System.Net;
using System.Text.Json.Nodes;
using CsCheck;
using Gateway.Api.Workloads.Policy;
using Gateway.Core.Workloads;
using k8s;
using k8s.Models;
using Xunit;

namespace Gateway.Api.Tests.Workloads;

/// <summary>
/// Paths of nodes: the volume is always a path of the operator's, and what lies below it is left to the kubelet, which
/// follows no link out of a volume. See https://kubernetes.io/docs/concepts/storage/volumes/#using-subpath.
/// </summary>
public sealed class HostPathTests(HostPathGateway gateway) : IClassFixture<HostPathGateway>
{
    [Theory]
    [InlineData("/data", null, "/data", null)]
    [InlineData("/data/", null, "/data", null)]
    [InlineData("//data/./a/", null, "/data", "a")]
    [InlineData("/data/a/b", null, "/data", "a/b")]
    [InlineData("/data/a", "b//./c/", "/data", "a/b//./c/")]
    [InlineData("/data", "link", "/data", "link")]
    [InlineData("/data/...", null, "/data", "...")]
    [InlineData("/scratch/jane", null, "/scratch", "jane")]
    [InlineData("/data/fast/a", null, "/data/fast", "a")]
    public async Task Submit_OfAPathBelowAFolder_MountsThePartOfTheFolder(
        string path, string? part, string folder, string? subPath)
    {
        var pod = await SubmitAsync(Volume(path, part));

        Assert.Equal(folder, Assert.Single(pod.Volumes).HostPath.Path);
        Assert.Equal(subPath, Assert.Single(pod.Containers[0].VolumeMounts).SubPath);
    }

    [Theory]
    [InlineData("/data/a", null, true)]
    [InlineData("/data/a", true, true)]
    [InlineData("/scratch/a", null, false)]
    [InlineData("/scratch/a", false, false)]
    [InlineData("/scratch/a", true, true)]
    [InlineData("/data/fast", null, false)]
    public async Task Submit_OfAPathThatMayOnlyBeRead_MountsItReadOnly(string path, bool? asked, bool readOnly)
    {
        var pod = await SubmitAsync(Volume(path, readOnly: asked));

        Assert.Equal(readOnly, Assert.Single(pod.Containers[0].VolumeMounts).ReadOnlyProperty is true);
    }

    [Fact]
    public async Task Submit_OfTwoPathsBelowOneFolder_HasOneVolume()
    {
        var pod = await SubmitAsync(Volume("/data/a"), Volume("/data/b", mountPath: "/b"));

        Assert.Equal("/data", Assert.Single(pod.Volumes).HostPath.Path);
        Assert.Equal(["a", "b"], pod.Containers[0].VolumeMounts.Select(mount => mount.SubPath));
    }

    [Fact]
    public async Task Rejects_WritingToWhatMayOnlyBeRead()
    {
        var train = Train(Volume("/scratch/a", readOnly: false), Volume("/data/a", readOnly: false, mountPath: "/b"));

        var answer = await gateway.Host.SubmitAsync(train);

        var problem = await answer.ProblemAsync(HttpStatusCode.Forbidden, "POLICY_DENIED");
        Assert.Equal(["volumes[1].readOnly"], problem["errors"]!.AsObject().Select(error => error.Key));
        Assert.Contains("Policy:HostPaths", (string?)problem["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_SentAgain_IsTheSame()
    {
        var train = Train(Volume("/data/a"));
        await (await gateway.Host.SubmitAsync(train, key: "again")).BodyAsync(HttpStatusCode.Created);

        await (await gateway.Host.SubmitAsync(train, key: "again")).BodyAsync(HttpStatusCode.OK);
    }

    [Fact]
    public void Path_WhateverItIs_IsRefusedOrMountedFromAFolderThatIsAllowed()
    {
        var policy = new PolicyOptions { HostPaths = ["/a", "/a/b:rw", "/c/a:rw"] };
        var paths = Gen.Select(
            Among("/", "", "//", "/./"),
            Among("a", "b", "c", "aa", ".", "..", "...", "").Array[0, 5],
            (root, steps) => root + string.Join('/', steps));
        var volumes = Gen.Select(
            paths,
            Among<bool?>(null, false, true),
            (path, readOnly) => new VolumeRequest { HostPath = new() { Path = path }, ReadOnly = readOnly });
        volumes.Sample(volume =>
        {
            var asked = new WorkloadSubmission { Volumes = [volume] };
            var mounted = Assert.Single(policy.Confine(asked).Volumes);
            if (policy.Violations(WorkloadJson.ToObject(asked)).Count > 0)
                return;
            Assert.Equal(Steps(volume.HostPath!.Path!), Steps($"{mounted.HostPath!.Path}/{mounted.SubPath}"));
            string[] allowed = mounted.ReadOnly is true ? ["/a", "/a/b", "/c/a"] : ["/a/b", "/c/a"];
            Assert.Contains(mounted.HostPath.Path, allowed);
        });
    }

    private static Gen<T> Among<T>(params T[] values) =>
        Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static IEnumerable<string> Steps(string path) => path.Split('/').Where(step => step is not ("" or "."));

    private async Task<V1PodSpec> SubmitAsync(params JsonObject[] volumes)
    {
        var train = Train(volumes);
        await (await gateway.Host.SubmitAsync(train)).BodyAsync(HttpStatusCode.Created);
        var jobs = gateway.Host.Cluster.BatchV1;
        return (await jobs.ReadNamespacedJobAsync((string)train["name"]!, gateway.Host.Space)).Spec.Template.Spec;
    }

    private static JsonObject Train(params JsonObject[] volumes)
    {
        var train = GatewayHost.Train($"paths-{Guid.NewGuid():N}");
        train["volumes"] = new JsonArray([.. volumes]);
        return train;
    }

    private static JsonObject Volume(
        string path, string? subPath = null, bool? readOnly = null, string mountPath = "/a") => new()
        {
            ["mountPath"] = mountPath,
            ["hostPath"] = new JsonObject { ["path"] = path },
            ["subPath"] = subPath,
            ["readOnly"] = readOnly,
        };
}

/// <summary>A gateway whose operator allows folders of the nodes.</summary>
public sealed class HostPathGateway : IAsyncLifetime
{
    public GatewayHost Host { get; } = new()
    {
        Settings = new()
        {
            ["Policy:HostPaths:0"] = "/data",
            ["Policy:HostPaths:1"] = "/scratch/:rw",
            ["Policy:HostPaths:2"] = "/data/fast:rw",
        },
    };

    public Task InitializeAsync() => Host.InitializeAsync();

    public Task DisposeAsync() => ((IAsyncLifetime)Host).DisposeAsync();
}
