using System.Text.Json.Nodes;
using Gateway.Embedded.Store;
using static Gateway.Embedded.Admission.PodSecurityWords;

namespace Gateway.Embedded.Admission;

/// <summary>
/// The controls of https://kubernetes.io/docs/concepts/security/pod-security-standards/, each as what it says of a
/// pod's specification; null where that keeps it. AppArmor, SELinux, sysctls, procMount, Windows and the hosts of probes
/// are left out.
/// </summary>
internal static class PodSecurityChecks
{
    private static readonly string[] BaselineCapabilities =
    [
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD",
        "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
    ];

    private static readonly string[] Namespaces = ["hostIPC", "hostNetwork", "hostPID"];

    private static readonly string[] Profiles = ["RuntimeDefault", "Localhost"];

    private static readonly string[] VolumeTypes =
        ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"];

    public static string? HostNamespaces(JsonObject spec)
    {
        var shared = Namespaces.Where(name => spec.Flag(name) == true).Select(name => $"{name}=true");
        return Says("host namespaces", string.Join(", ", shared));
    }

    public static string? HostPorts(JsonObject spec)
    {
        string[] ports = [.. Containers(spec).SelectMany(HostPortsOf).Distinct().Order(StringComparer.Ordinal)];
        var users = Containers(spec, container => HostPortsOf(container).Any());
        var uses = $"{Uses(users)} {Plural("hostPort", ports)} {string.Join(", ", ports)}";
        return Says("hostPort", Of("container", users, uses));
    }

    public static string? Privileged(JsonObject spec)
    {
        var privileged = Containers(spec, container => Security(container)?.Flag("privileged") == true);
        return Says("privileged", Of("container", privileged, "must not set securityContext.privileged=true"));
    }

    public static string? AddedCapabilities(JsonObject spec) =>
        Says("non-default capabilities", Adding(spec, BaselineCapabilities));

    public static string? HostPathVolumes(JsonObject spec)
    {
        var volumes = Names(spec.Items("volumes").Where(volume => TypeOf(volume) == "hostPath"));
        return Says("hostPath volumes", Of("volume", volumes));
    }

    public static string? PrivilegeEscalation(JsonObject spec)
    {
        var open = Containers(spec, container => Security(container)?.Flag("allowPrivilegeEscalation") != false);
        const string must = "must set securityContext.allowPrivilegeEscalation=false";
        return Says("allowPrivilegeEscalation != false", Of("container", open, must));
    }

    public static string? KeptCapabilities(JsonObject spec)
    {
        var keeping = Containers(spec, container => !Capabilities(container, "drop").Contains("ALL"));
        const string must = "must set securityContext.capabilities.drop=[\"ALL\"]";
        var words = Joined("; ", Of("container", keeping, must), Adding(spec, ["NET_BIND_SERVICE"]));
        return Says("unrestricted capabilities", words);
    }

    public static string? RestrictedVolumes(JsonObject spec)
    {
        var volumes = spec.Items("volumes").Where(volume => !VolumeTypes.Contains(TypeOf(volume))).ToList();
        var names = Names(volumes);
        string?[] types = [.. volumes.Select(TypeOf).Distinct().Order(StringComparer.Ordinal)];
        var use = $"{Uses(names)} {Of("restricted volume type", types)}";
        return Says("restricted volume types", Of("volume", names, use));
    }

    public static string? MayBeRoot(JsonObject spec)
    {
        var allowing = Setters(spec, security => security?.Flag("runAsNonRoot") == false);
        var silent = Security(spec)?.Flag("runAsNonRoot") == true
            ? []
            : Containers(spec, container => Security(container)?.Flag("runAsNonRoot") is null);
        return Says("runAsNonRoot != true", allowing.Length > 0
            ? $"{allowing} must not set securityContext.runAsNonRoot=false"
            : Of("pod or container", silent, "must set securityContext.runAsNonRoot=true"));
    }

    public static string? IsRoot(JsonObject spec)
    {
        var setters = Setters(spec, security => security?.Number("runAsUser") == 0);
        return Says("runAsUser=0", setters.Length == 0 ? "" : $"{setters} must not set runAsUser=0");
    }

    public static string? Unconfined(JsonObject spec)
    {
        var setters = Setters(spec, security => Profile(security) is { } profile && !Profiles.Contains(profile));
        const string must = "must not set securityContext.seccompProfile.type to \"Unconfined\"";
        return Says("seccompProfile", setters.Length == 0 ? "" : $"{setters} {must}");
    }

    public static string? NotConfined(JsonObject spec)
    {
        var silent = Profile(Security(spec)) is null
            ? Containers(spec, container => Profile(Security(container)) is null)
            : [];
        const string must = "must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\"";
        return Unconfined(spec) ?? Says("seccompProfile", Of("pod or container", silent, must));
    }

    private static string Adding(JsonObject spec, string[] allowed)
    {
        string[] added = [.. Containers(spec).SelectMany(Others).Distinct().Order(StringComparer.Ordinal)];
        var adding = Containers(spec, container => Others(container).Any());
        return Of("container", adding, $"must not include {Quoted(added)} in securityContext.capabilities.add");

        IEnumerable<string> Others(JsonObject container) => Capabilities(container, "add").Except(allowed);
    }

    private static IEnumerable<string> Capabilities(JsonObject container, string which) =>
        Security(container)?["capabilities"] is JsonObject capabilities ? capabilities.Texts(which) : [];

    private static IEnumerable<string> HostPortsOf(JsonObject container) =>
        from port in container.Items("ports") where port.Number("hostPort") > 0 select $"{port.Number("hostPort")}";

    private static string TypeOf(JsonObject volume) =>
        volume.Select(entry => entry.Key).FirstOrDefault(key => key != "name") ?? "emptyDir";

    private static JsonObject? Security(JsonObject owner) => owner["securityContext"] as JsonObject;

    private static string? Profile(JsonObject? security) => (security?["seccompProfile"] as JsonObject)?.Text("type");

    private static string Setters(JsonObject spec, Func<JsonObject?, bool> isBad)
    {
        var containers = Of("container", Containers(spec, container => isBad(Security(container))));
        return Joined(" and ", isBad(Security(spec)) ? "pod" : "", containers);
    }
}
