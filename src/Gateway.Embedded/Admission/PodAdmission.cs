using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Admission;

/// <summary>What a pod is checked against, and given, by what else is in the cluster: its service account, its priority class and the namespace's limit ranges.</summary>
internal static class PodAdmission
{
    private const string DefaultAccount = "default";

    public static void Review(ObjectStore store, string space, JsonObject pod)
    {
        var spec = pod.Child("spec");
        GpuAdmission.Review(pod);
        CheckAccount(store, space, pod, spec.Text("serviceAccountName") is { Length: > 0 } account ? account : DefaultAccount);
        SetPriority(store, pod, spec);
        LimitRanger.Default(store, space, pod);
    }

    private static void CheckAccount(ObjectStore store, string space, JsonObject pod, string account)
    {
        if (store.Find(ResourceTypes.ServiceAccounts, space, account) is null)
            throw Refused(pod, $"error looking up service account {space}/{account}: serviceaccount \"{account}\" not found");
    }

    private static void SetPriority(ObjectStore store, JsonObject pod, JsonObject spec)
    {
        var given = spec.Text("priorityClassName") is { Length: > 0 } name
            ? store.Find(ResourceTypes.PriorityClasses, null, name)?.ToJson() ?? throw Refused(pod, $"no PriorityClass with name {name} was found")
            : store.List(ResourceTypes.PriorityClasses).Items.Select(item => item.ToJson()).FirstOrDefault(item => item.Flag("globalDefault") == true);
        if (given is null) return;
        spec["priorityClassName"] = given.Metadata().Text("name");
        spec["priority"] = given.Number("value") ?? 0;
        if (given.Text("preemptionPolicy") is { } policy) spec.Default("preemptionPolicy", policy);
    }

    private static Refusal Refused(JsonObject pod, string why) =>
        Refusal.Forbidden(ResourceTypes.Pods, pod.Metadata().Text("name") is { Length: > 0 } name ? name : pod.Metadata().Text("generateName"), why);
}
