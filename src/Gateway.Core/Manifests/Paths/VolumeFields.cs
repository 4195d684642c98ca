using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Core.Manifests.Pods;
using Gateway.Core.Workloads;

namespace Gateway.Core.Manifests.Paths;

/// <summary>Fields whose index is not the caller's: a source that is mounted twice is one volume of the pod, and some volumes are not asked for as such.</summary>
internal static partial class VolumeFields
{
    private const string SharedMemory = "sharedMemory";
    private const string Home = "createHomeDirectory";

    private static readonly PathTable Sources = new(
        ("persistentVolumeClaim.claimName", "claim.name"),
        ("hostPath**", "hostPath**"),
        ("nfs**", "nfs**"),
        ("emptyDir", "emptyDir"),
        ("emptyDir.medium", "emptyDir.medium"),
        ("emptyDir.sizeLimit", "emptyDir.size"),
        ("configMap", "configMap"),
        ("configMap.name", "configMap.name"),
        ("configMap.defaultMode", "configMap.mode"),
        ("secret", "secret"),
        ("secret.secretName", "secret.name"),
        ("secret.defaultMode", "secret.mode"));

    private static readonly PathTable Mounts = new(
        ("mountPath", "mountPath"),
        ("readOnly", "readOnly"),
        ("subPath", "subPath"),
        ("mountPropagation", "mountPropagation"));

    private static readonly PathTable Claims = new(
        ("metadata.name", "name"),
        ("spec.accessModes**", "accessModes**"),
        ("spec.storageClassName", "storageClass"),
        ("spec.resources", "size"));

    private static readonly PathTable Clones = new(
        ("args[0]", "repository"),
        ("args[4]", "revision"),
        ("env", "secret"));

    /// <summary>The caller's path; null when the field is of none of these.</summary>
    public static string? Find(WorkloadSubmission submission, string field)
    {
        if (OfPod().Match(field) is not { Success: true } match)
            return null;
        var (index, rest) = (int.Parse(match.Groups["index"].ValueSpan, CultureInfo.InvariantCulture), match.Groups["rest"].Value);
        return match.Groups["list"].Value switch
        {
            "containers[0].env" => index < submission.Env.Count ? null : Home,
            "containers[0].volumeMounts" => submission.Place(index) ?? Join($"volumes[{index}]", Mounts.Find(rest)),
            "initContainers" when rest.StartsWith("resources.", StringComparison.Ordinal) => null,
            "initContainers" => Join($"volumes[{submission.IndexOf(volume => volume.Git is not null, index)}].git", Clones.Find(rest)),
            _ => submission.OfVolume(index, rest),
        };
    }

    /// <summary>The caller's path of a field of a claim that is made for the workload; null when it made no claim of that name.</summary>
    public static string? FindInClaim(WorkloadSubmission submission, string name, string field)
    {
        var index = submission.IndexOf(volume => volume.NewClaim is { } claim && submission.NameOf(claim) == name);
        return index < 0 ? null : Join($"volumes[{index}].newClaim", Claims.Find(field));
    }

    private static string? OfVolume(this WorkloadSubmission submission, int index, string rest)
    {
        if (submission.ToVolumes()?.ElementAtOrDefault(index)?.Name is not { } name)
            return null;
        var asked = submission.IndexOf(volume => submission.NameOf(volume) == name);
        return asked < 0 ? submission.Place(submission.ToMounts()!.Select(mount => mount.Name).ToList().IndexOf(name)) : Join($"volumes[{asked}]", submission.Volumes[asked] switch
        {
            { Git: not null } => "git",
            { NewClaim: not null } => "newClaim",
            _ => Sources.Find(rest),
        });
    }

    // Mounts are in the order of what was asked for, and after those come the two that have a field of their own.
    private static string? Place(this WorkloadSubmission submission, int mount) =>
        mount < submission.Volumes.Count ? null : mount == submission.Volumes.Count && submission.SharedMemory is not null ? SharedMemory : Home;

    private static int IndexOf(this WorkloadSubmission submission, Func<VolumeRequest, bool> wanted, int skip = 0) =>
        submission.Volumes.Index().Where(volume => wanted(volume.Item)).Skip(skip).Select(volume => volume.Index).FirstOrDefault(-1);

    private static string Join(string path, string? rest) => rest is null ? path : $"{path}.{rest}";

    [GeneratedRegex(@"^spec\.template\.spec\.(?<list>volumes|containers\[0\]\.(volumeMounts|env)|initContainers)\[(?<index>[0-9]{1,6})\]\.?(?<rest>.*)$")]
    private static partial Regex OfPod();
}
