using Gateway.Core.Manifests;
using k8s.Models;
using Xunit;

namespace Gateway.Core.Tests.Manifests;

/// <summary>
/// The containers that the gateway puts beside the caller's, in every story: wherever the cluster takes the caller's it
/// takes them too, and the pod asks for no more because of them.
/// </summary>
public sealed class OwnContainerTests
{
    private static readonly string[] Amounts = ["cpu", "memory", "ephemeral-storage"];

    [Theory]
    [MemberData(nameof(ManifestCases.Stories), MemberType = typeof(ManifestCases))]
    public void Container_OfTheGateway_KeepsTheRestrictedLevel(string story)
    {
        var pod = Pod(story);
        Assert.All(Own(pod), container =>
        {
            Assert.False(container.SecurityContext?.AllowPrivilegeEscalation);
            Assert.Equal(["ALL"], container.SecurityContext!.Capabilities?.Drop);
            Assert.Null(container.SecurityContext.Capabilities?.Add);
            Assert.Equal("RuntimeDefault", container.SecurityContext.SeccompProfile?.Type);
            // As root it would not start, and such a pod is not restricted anyway.
            Assert.Equal(pod.SecurityContext?.RunAsUser == 0 ? null : true, container.SecurityContext.RunAsNonRoot);
            Assert.Null(container.SecurityContext.RunAsUser);
        });
    }

    // A container cannot write but to volumes then, and it has to have those it writes to.
    [Theory]
    [MemberData(nameof(ManifestCases.Stories), MemberType = typeof(ManifestCases))]
    public void Container_OfTheGateway_WritesToVolumesOnly(string story)
    {
        var pod = Pod(story);
        Assert.All(Own(pod), container =>
        {
            Assert.True(container.SecurityContext?.ReadOnlyRootFilesystem);
            Assert.Equal(["/git", "/tmp"], container.VolumeMounts.Select(mount => mount.MountPath));
            var mounted = container.VolumeMounts.Select(mount => pod.Volumes.Single(volume => volume.Name == mount.Name));
            Assert.All(mounted, volume => Assert.NotNull(volume.EmptyDir));
        });
    }

    // A quota asks every container for an amount, and a pod takes the larger of what runs first and what runs then.
    [Theory]
    [MemberData(nameof(ManifestCases.Stories), MemberType = typeof(ManifestCases))]
    public void Container_OfTheGateway_AsksForTheCallersAmountsAndNoDevice(string story)
    {
        var pod = Pod(story);
        Assert.All(Own(pod), container =>
        {
            Assert.Equal(Of(pod.Containers[0].Resources?.Requests), All(container.Resources?.Requests));
            Assert.Equal(Of(pod.Containers[0].Resources?.Limits), All(container.Resources?.Limits));
        });
    }

    private static V1PodSpec Pod(string story) => ManifestCases.Manifest(story).PodTemplate().Spec;

    private static IEnumerable<V1Container> Own(V1PodSpec pod) => pod.InitContainers ?? [];

    private static Dictionary<string, string> Of(IDictionary<string, ResourceQuantity>? amounts) =>
        All(amounts).Where(amount => Amounts.Contains(amount.Key)).ToDictionary();

    private static Dictionary<string, string> All(IDictionary<string, ResourceQuantity>? amounts) =>
        (amounts ?? new Dictionary<string, ResourceQuantity>())
            .ToDictionary(amount => amount.Key, amount => $"{amount.Value}");
}
