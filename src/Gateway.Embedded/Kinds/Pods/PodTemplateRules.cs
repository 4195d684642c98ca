using System.Text.Json.Nodes;
using Gateway.Embedded.Kinds.Core;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kinds.Pods;

/// <summary>The rules of what runs, shared by pods and the templates of those that make pods.</summary>
internal static class PodTemplateRules
{
    private const int DefaultMode = 420;

    public static void Default(JsonObject template) => DefaultSpec(template.Child("spec"));

    public static void DefaultSpec(JsonObject spec)
    {
        foreach (var volume in spec.Items("volumes")) DefaultVolume(volume);
        foreach (var container in Containers(spec)) DefaultContainer(container);
        spec.Default("restartPolicy", "Always");
        spec.Default("terminationGracePeriodSeconds", 30);
        spec.Default("dnsPolicy", "ClusterFirst");
        spec.Child("securityContext");
        spec.Default("schedulerName", "default-scheduler");
    }

    public static IEnumerable<JsonObject> Containers(JsonObject spec) => spec.Items("initContainers").Concat(spec.Items("containers"));

    private static void DefaultContainer(JsonObject container)
    {
        foreach (var port in container.Items("ports")) port.Default("protocol", "TCP");
        foreach (var source in container.Items("env").Select(variable => variable["valueFrom"]).OfType<JsonObject>())
            if (source["fieldRef"] is JsonObject field) field.Default("apiVersion", "v1");
        container.Child("resources");
        foreach (var probe in new[] { "livenessProbe", "readinessProbe", "startupProbe" })
            if (container[probe] is JsonObject given) DefaultProbe(given);
        container.Default("terminationMessagePath", "/dev/termination-log");
        container.Default("terminationMessagePolicy", "File");
        container.Default("imagePullPolicy", IsLatest(container.Text("image") ?? "") ? "Always" : "IfNotPresent");
    }

    private static void DefaultProbe(JsonObject probe)
    {
        if (probe["httpGet"] is JsonObject get)
        {
            get.Default("path", "/");
            get.Default("scheme", "HTTP");
        }
        if (probe["grpc"] is JsonObject grpc) grpc.Default("service", "");
        probe.Default("timeoutSeconds", 1);
        probe.Default("periodSeconds", 10);
        probe.Default("successThreshold", 1);
        probe.Default("failureThreshold", 3);
    }

    private static void DefaultVolume(JsonObject volume)
    {
        foreach (var source in new[] { "secret", "configMap", "downwardAPI", "projected" })
            if (volume[source] is JsonObject given) given.Default("defaultMode", DefaultMode);
        if (volume["hostPath"] is JsonObject path) path.Default("type", "");
        foreach (var token in (volume["projected"] as JsonObject)?.Items("sources").Select(source => source["serviceAccountToken"]).OfType<JsonObject>() ?? [])
            token.Default("expirationSeconds", 3600);
        if (volume["ephemeral"] is JsonObject ephemeral) ClaimRules.DefaultSpec(ephemeral.Child("volumeClaimTemplate").Child("spec"));
        if (volume.All(entry => entry.Key == "name")) volume["emptyDir"] = new JsonObject();
    }

    /// <summary>An image without a tag, or tagged latest, is pulled every time; one with a digest is not.</summary>
    private static bool IsLatest(string image)
    {
        if (image.Contains('@')) return false;
        var tag = image.LastIndexOf(':');
        return tag <= image.LastIndexOf('/') || image[(tag + 1)..] == "latest";
    }
}
