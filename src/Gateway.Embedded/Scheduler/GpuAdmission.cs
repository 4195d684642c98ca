using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Scheduler;

/// <summary>Refuses pods whose wishes for GPUs contradict each other, as the webhook of the KAI scheduler does: the pods, never what makes them.</summary>
internal static class GpuAdmission
{
    private static readonly string[] Schedulers = ["kai-scheduler", "runai-scheduler"];

    public static void Check(ResourceType type, JsonObject pod)
    {
        if (type != ResourceTypes.Pods || !Schedulers.Contains(pod.Child("spec").Text("schedulerName"))) return;
        if (Fault(pod) is { } fault) throw new Refusal(403, "Forbidden", $"admission webhook \"validate-pods.kai-scheduler\" denied the request: {fault}");
    }

    private static string? Fault(JsonObject pod)
    {
        var annotations = pod.Metadata()["annotations"] as JsonObject ?? [];
        var (fraction, memory, devices) = (annotations.Text("gpu-fraction"), annotations.Text("gpu-memory"), annotations.Text("gpu-fraction-num-devices"));
        var whole = PodDemand.Of(pod).WholeGpus > 0;
        if (fraction is null && memory is null)
            return devices is null ? null : "cannot request multiple fractional devices without specifying fraction portion or gpu-memory";
        if (fraction is not null && whole) return "cannot have both GPU fraction request and whole GPU resource request/limit";
        if (memory is not null && (fraction is not null || whole)) return "cannot request both GPU and GPU memory";
        if (memory is not null && !IsCount(memory)) return "gpu-memory annotation value must be a positive integer greater than 0";
        if (fraction is not null && !IsShare(fraction)) return "gpu-fraction annotation value must be a positive number smaller than 1.0";
        return devices is null || IsCount(devices) ? null : "fraction count annotation value must be a positive integer greater than 0";
    }

    private static bool IsShare(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is > 0 and < 1;

    private static bool IsCount(string text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0;
}
