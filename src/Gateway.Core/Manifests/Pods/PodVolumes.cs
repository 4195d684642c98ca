using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Manifests.Pods;

/// <summary>Volumes as the pod has them, and where its container sees them.</summary>
internal static class PodVolumes
{
    /// <summary>Where a home directory is.</summary>
    public const string Home = "/home/workload";

    private const string SharedMemory = "shared-memory";
    private const string HomeDirectory = "home";

    /// <summary>Each source once, however often it is mounted; null when there are none.</summary>
    public static IList<V1Volume>? ToVolumes(this WorkloadSubmission request)
    {
        List<V1Volume> volumes = [.. request.Volumes.Select(request.ToVolume)];
        if (request.SharedMemory is { } shared)
            volumes.Add(new() { Name = SharedMemory, EmptyDir = new() { Medium = "Memory", SizeLimit = Amount(shared.Size) } });
        if (request.CreateHomeDirectory == true)
            volumes.Add(new() { Name = HomeDirectory, EmptyDir = new() });
        if (request.ToScratch() is { } scratch)
            volumes.Add(scratch);
        return volumes.Count == 0 ? null : [.. volumes.DistinctBy(volume => volume.Name)];
    }

    /// <summary>Every place where the container sees a volume; null when there are none.</summary>
    public static IList<V1VolumeMount>? ToMounts(this WorkloadSubmission request)
    {
        List<V1VolumeMount> mounts = [.. request.Volumes.Select(volume => request.ToMount(volume))];
        if (request.SharedMemory is not null)
            mounts.Add(new() { Name = SharedMemory, MountPath = "/dev/shm" });
        if (request.CreateHomeDirectory == true)
            mounts.Add(new() { Name = HomeDirectory, MountPath = Home });
        return mounts.Count == 0 ? null : mounts;
    }

    /// <summary>The name of the volume that a source becomes.</summary>
    public static string NameOf(this WorkloadSubmission request, VolumeRequest volume) => volume switch
    {
        { Claim: { } claim } => VolumeName.Of("claim", claim.Name),
        { NewClaim: { } claim } => VolumeName.Of("claim", request.NameOf(claim)),
        { HostPath: { } host } => VolumeName.Of("host", host.Path),
        { Nfs: { } nfs } => VolumeName.Of("nfs", nfs.Server, nfs.Path),
        { ConfigMap: { } map } => VolumeName.Of("config-map", map.Name, map.Mode),
        { Secret: { } secret } => VolumeName.Of("secret", secret.Name, secret.Mode),
        { Git: not null } => VolumeName.Of("git", volume.MountPath),
        _ => VolumeName.Of("empty", volume.MountPath),
    };

    /// <summary>The name of a claim that is made for the workload: its own, or the workload's and its number among such claims.</summary>
    public static string NameOf(this WorkloadSubmission request, NewClaimVolume claim) =>
        claim.Name ?? $"{request.Name}-{request.Volumes.Select(volume => volume.NewClaim).OfType<NewClaimVolume>().TakeWhile(other => !ReferenceEquals(other, claim)).Count()}";

    private static V1Volume ToVolume(this WorkloadSubmission request, VolumeRequest volume) => new()
    {
        Name = request.NameOf(volume),
        PersistentVolumeClaim = (volume.Claim?.Name ?? (volume.NewClaim is { } made ? request.NameOf(made) : null)) is { } claim ? new() { ClaimName = claim } : null,
        HostPath = volume.HostPath is { } host ? new() { Path = host.Path } : null,
        Nfs = volume.Nfs is { } nfs ? new() { Server = nfs.Server, Path = nfs.Path } : null,
        EmptyDir = volume.EmptyDir is { } empty ? new() { Medium = empty.Medium, SizeLimit = Amount(empty.Size) } : volume.Git is not null ? new() : null,
        ConfigMap = volume.ConfigMap is { } map ? new() { Name = map.Name, DefaultMode = Mode(map.Mode) } : null,
        Secret = volume.Secret is { } secret ? new() { SecretName = secret.Name, DefaultMode = Mode(secret.Mode) } : null,
    };

    private static V1VolumeMount ToMount(this WorkloadSubmission request, VolumeRequest volume) => new()
    {
        Name = request.NameOf(volume),
        MountPath = volume.MountPath,
        ReadOnlyProperty = volume.ReadOnly,
        SubPath = volume.SubPath,
        MountPropagation = volume.MountPropagation,
    };

    private static ResourceQuantity? Amount(string? text) => text is null ? null : new(text);

    private static int? Mode(string? octal) => octal is null ? null : Convert.ToInt32(octal, 8);
}
