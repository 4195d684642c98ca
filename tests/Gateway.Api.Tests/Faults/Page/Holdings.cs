using k8s;

namespace Gateway.Api.Tests.Faults.Page;

/// <summary>What the cluster holds of a project, in a few words.</summary>
internal static class Holdings
{
    public static async Task<string> ReadAsync(Stage stage)
    {
        var (core, space) = (stage.Cluster.CoreV1, stage.Space);
        var jobs = (await stage.Cluster.BatchV1.ListNamespacedJobAsync(space)).Items;
        string[] parts =
        [
            Count("Job", jobs.Count),
            jobs.Any(job => job.Spec.Suspend == true) ? "suspended" : "",
            Count("StatefulSet", (await stage.Cluster.AppsV1.ListNamespacedStatefulSetAsync(space)).Items.Count),
            Count("Service", (await core.ListNamespacedServiceAsync(space)).Items.Count),
            Count("claim", (await core.ListNamespacedPersistentVolumeClaimAsync(space)).Items.Count),
        ];
        var found = string.Join(", ", parts.Where(part => part.Length > 0));
        return found.Length > 0 ? found : "nothing";
    }

    private static string Count(string what, int number) => number switch
    {
        0 => "",
        1 => $"1 {what}",
        _ => $"{number} {what}s",
    };
}
