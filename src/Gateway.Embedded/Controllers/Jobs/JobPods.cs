using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Controllers.Jobs;

/// <summary>Makes, deletes and lets go the pods of Jobs.</summary>
internal sealed class JobPods(ClusterObjects objects, EventLog events)
{
    public const string Tracking = "batch.kubernetes.io/job-tracking";
    public const string IndexKey = "batch.kubernetes.io/job-completion-index";
    public const string FailureCountKey = "batch.kubernetes.io/job-index-failure-count";

    public PodView[] Of(string job) =>
        [.. objects.Store.Dependents(job).Where(item => item.Type == ResourceTypes.Pods).OrderBy(pod => pod.Name, StringComparer.Ordinal).Select(pod => new PodView(pod))];

    /// <summary>Makes a pod; false where it was refused.</summary>
    public bool Create(StoredObject job, JobSpec spec, int? index, int failures)
    {
        var pod = PodTemplate.ToPod(spec.Template, job);
        pod.Metadata()["finalizers"] = new JsonArray(Tracking);
        if (index is { } number) Index(pod, job.Name, number, spec.BackoffLimitPerIndex is null ? null : failures);
        try
        {
            var made = objects.Create(ResourceTypes.Pods, job.Namespace, pod);
            events.Normal(job, "SuccessfulCreate", $"Created pod: {made.Name}");
            return true;
        }
        catch (Refusal refusal)
        {
            events.Warn(job, "FailedCreate", $"Error creating: {refusal.Message}");
            return false;
        }
    }

    public void Delete(StoredObject job, PodView pod)
    {
        try
        {
            objects.Delete(ResourceTypes.Pods, job.Namespace, pod.Stored.Name, DeleteOptions.Background with { Uid = pod.Stored.Uid });
            events.Normal(job, "SuccessfulDelete", $"Deleted pod: {pod.Stored.Name}");
        }
        catch (Refusal)
        {
            // It has gone by itself.
        }
    }

    /// <summary>Removes the finalizer that holds a pod until it is counted.</summary>
    public void Release(PodView pod)
    {
        if (!pod.Finalizers.Contains(Tracking)) return;
        objects.Store.Update(ResourceTypes.Pods, pod.Stored.Namespace, pod.Stored.Name, standing =>
        {
            var metadata = standing.Metadata();
            if (metadata.Text("uid") != pod.Stored.Uid) return null;
            var kept = metadata.Texts("finalizers").Where(name => name != Tracking).ToArray();
            if (kept.Length == 0) metadata.Remove("finalizers");
            else metadata["finalizers"] = new JsonArray([.. kept.Select(name => (JsonNode)name)]);
            return standing;
        });
    }

    /// <summary>A pod of an indexed Job knows its index by annotation, label, hostname and environment.</summary>
    private static void Index(JsonObject pod, string job, int index, int? failures)
    {
        pod.Metadata()["generateName"] = $"{job}-{index}-";
        pod.Metadata().Child("annotations")[IndexKey] = $"{index}";
        pod.Metadata().Child("labels")[IndexKey] = $"{index}";
        if (failures is { } count) pod.Metadata().Child("annotations")[FailureCountKey] = $"{count}";
        var spec = pod.Child("spec");
        spec.Default("hostname", $"{job}-{index}");
        foreach (var container in spec.Items("initContainers").Concat(spec.Items("containers"))) Tell(container);
    }

    private static void Tell(JsonObject container)
    {
        if (container["env"] is not JsonArray variables) container["env"] = variables = [];
        if (variables.OfType<JsonObject>().Any(variable => variable.Text("name") == "JOB_COMPLETION_INDEX")) return;
        variables.Add(new JsonObject
        {
            ["name"] = "JOB_COMPLETION_INDEX",
            ["valueFrom"] = new JsonObject { ["fieldRef"] = new JsonObject { ["apiVersion"] = "v1", ["fieldPath"] = $"metadata.labels['{IndexKey}']" } },
        });
    }
}
