using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Embedded.Kinds.Pods;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Schema;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Admission;

/// <summary>The scheduler's own webhook: what a pod may ask of GPUs. It sees pods only, so a Job that asks for nonsense is taken.</summary>
internal static class GpuAdmission
{
    private const string Fraction = "gpu-fraction";
    private const string Memory = "gpu-memory";
    private const string Devices = "gpu-fraction-num-devices";
    private const string Whole = "nvidia.com/gpu";

    public static void Review(JsonObject pod)
    {
        if (pod.Metadata()["annotations"] is not JsonObject annotations) return;
        var (fraction, memory, devices) = (annotations.Text(Fraction), annotations.Text(Memory), annotations.Text(Devices));
        var whole = PodTemplateRules.Containers(pod.Child("spec")).Any(AsksForWholeGpus);
        if (fraction is not null && whole) throw Denied("cannot have both GPU fraction request and whole GPU resource request/limit");
        if (memory is not null && (fraction is not null || whole)) throw Denied("cannot request both GPU fraction and GPU memory, or GPU memory and whole GPU");
        if (fraction is not null && !IsFraction(fraction)) throw Denied("gpu-fraction annotation value must be a positive number smaller than 1.0");
        if (memory is not null && !IsPositive(memory)) throw Denied("gpu-memory annotation value must be a positive integer greater than 0");
        if (devices is not null && (!IsPositive(devices) || (fraction is null && memory is null)))
            throw Denied("gpu-fraction-num-devices must be a positive integer, beside gpu-fraction or gpu-memory");
    }

    private static bool AsksForWholeGpus(JsonObject container) =>
        container["resources"]?["limits"] is JsonObject limits && limits.Text(Whole) is { } amount && Quantity.Parse(amount) > Quantity.Of(0);

    private static bool IsFraction(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is > 0 and < 1;

    private static bool IsPositive(string text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;

    private static Refusal Denied(string why) =>
        new(403, "Forbidden", $"admission webhook \"pod.kai.scheduler\" denied the request: {why}");
}
