using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Manifests.Pods;

/// <summary>Git repositories, each cloned by an init container before the workload starts: https://github.com/kubernetes/git-sync</summary>
internal static class GitClones
{
    private const string Root = "/git";
    private const string Scratch = "git-scratch";

    /// <summary>The init containers; null when there is nothing to clone.</summary>
    public static IList<V1Container>? ToClones(this WorkloadSubmission request, WorkloadDefaults defaults)
    {
        List<V1Container> clones = [.. request.Volumes.Where(volume => volume.Git is not null).Select(volume => request.ToClone(volume, volume.Git!, defaults))];
        return clones.Count == 0 ? null : clones;
    }

    /// <summary>Where the clones may write beside the repository; null when there is nothing to clone.</summary>
    public static V1Volume? ToScratch(this WorkloadSubmission request) =>
        request.Volumes.Any(volume => volume.Git is not null) ? new() { Name = Scratch, EmptyDir = new() } : null;

    private static V1Container ToClone(this WorkloadSubmission request, VolumeRequest volume, GitVolume git, WorkloadDefaults defaults) => new()
    {
        Name = request.NameOf(volume),
        Image = defaults.GitImage,
        Args =
        [
            $"--repo={git.Repository}", $"--root={Root}", $"--link={Directory(git.Repository!)}", "--one-time",
            .. git.Revision is { } revision ? [$"--ref={revision}"] : Array.Empty<string>(),
        ],
        Env = git.Secret is { } secret ? [FromSecret("GITSYNC_USERNAME", secret, "username"), FromSecret("GITSYNC_PASSWORD", secret, "password")] : null,
        Resources = request.ToOwnResources(),
        VolumeMounts =
        [
            new() { Name = request.NameOf(volume), MountPath = Root },
            // The home of the image's user: git's settings, and a socket for credentials.
            new() { Name = Scratch, MountPath = "/tmp" },
        ],
        SecurityContext = request.Security.ToOwnSecurityContext(),
    };

    // The repository's own name, as `git clone` has it.
    private static string Directory(string repository)
    {
        var last = repository.TrimEnd('/').Split('/')[^1];
        return last.EndsWith(".git", StringComparison.Ordinal) ? last[..^".git".Length] : last;
    }

    private static V1EnvVar FromSecret(string name, string secret, string key) => new() { Name = name, ValueFrom = new() { SecretKeyRef = new() { Name = secret, Key = key } } };
}
