using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Manifests.Pods;

/// <summary>Security as the pod and its container have it.</summary>
internal static class SecurityContexts
{
    /// <summary>What holds for the whole pod; null when nothing is asked for.</summary>
    public static V1PodSecurityContext? ToPodSecurityContext(this SecurityRequest? security)
    {
        if (security is null)
            return null;
        var context = new V1PodSecurityContext
        {
            RunAsUser = security.RunAsUser,
            RunAsGroup = security.RunAsGroup,
            SupplementalGroups = security.SupplementalGroups.Count == 0 ? null : [.. security.SupplementalGroups.Select(id => (long?)id)],
            FsGroup = security.FsGroup,
            RunAsNonRoot = security.RunAsNonRoot,
            SeccompProfile = security.SeccompProfile is { } profile ? new() { Type = profile } : null,
        };
        return context == new V1PodSecurityContext() ? null : context;
    }

    /// <summary>What holds for the container; null when nothing is asked for.</summary>
    public static V1SecurityContext? ToSecurityContext(this SecurityRequest? security)
    {
        if (security is null)
            return null;
        var context = new V1SecurityContext
        {
            ReadOnlyRootFilesystem = security.ReadOnlyRootFilesystem,
            AllowPrivilegeEscalation = security.AllowPrivilegeEscalation,
            Capabilities = security.Capabilities is { } some && some.Add.Count + some.Drop.Count > 0
                ? new() { Add = some.Add.Count == 0 ? null : [.. some.Add], Drop = some.Drop.Count == 0 ? null : [.. some.Drop] }
                : null,
        };
        return context == new V1SecurityContext() ? null : context;
    }

    /// <summary>
    /// What holds for a container of the gateway's own, whatever the caller's may do: all that the Pod Security level
    /// `restricted` asks for, https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted, and no
    /// writing but to volumes.
    /// </summary>
    public static V1SecurityContext ToOwnSecurityContext(this SecurityRequest? security) => new()
    {
        AllowPrivilegeEscalation = false,
        Capabilities = new() { Drop = ["ALL"] },
        ReadOnlyRootFilesystem = true,
        // It runs as the user of the pod, and would not start as root.
        RunAsNonRoot = security?.RunAsUser == 0 ? null : true,
        SeccompProfile = new() { Type = "RuntimeDefault" },
    };
}
