namespace Gateway.Api.Errors.Admission;

/// <summary>What the Pod Security level of a namespace refuses: https://kubernetes.io/docs/concepts/security/pod-security-standards/</summary>
internal static class PodSecurityRefusals
{
    public static IEnumerable<AdmissionRefusal> All =>
    [
        new("PodSecurity", "violates PodSecurity \"(?<level>[^\"]*)\"",
            ProblemTypes.PolicyDenied, "the Pod Security level {level} of the project's namespace",
            [
                new("allowPrivilegeEscalation != false \\(", "security.allowPrivilegeEscalation", "must be false"),
                new("unrestricted capabilities \\([^)]*capabilities\\.drop", "security.capabilities.drop", "must have ALL"),
                new("(unrestricted|non-default) capabilities \\([^)]*must not include (?<names>.*?) in securityContext",
                    "security.capabilities.add", "must not have {names}"),
                new("runAsNonRoot != true \\(", "security.runAsNonRoot", "must be true"),
                new("runAsUser=0 \\(", "security.runAsUser", "must not be 0"),
                new("seccompProfile \\(", "security.seccompProfile", "must be RuntimeDefault"),
                new("host namespaces \\([^)]*hostNetwork=true", "security.hostNetwork", "must not be true"),
                new("host namespaces \\([^)]*hostIPC=true", "security.hostIpc", "must not be true"),
                new("hostPort \\(", "security.hostNetwork", "must not be true where there are ports"),
                new("hostPath volumes \\(", "volumes", "must have no hostPath"),
                new("restricted volume types \\([^)]*restricted volume types? (?<names>.*?)\\)", "volumes", "must not be of the type {names}"),
            ]),
    ];
}
