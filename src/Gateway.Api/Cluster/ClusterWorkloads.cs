using System.Net;
using System.Text.Json;
using Gateway.Api.Cluster.Connection;
using Gateway.Api.Projects;
using Gateway.Core.Manifests;
using Gateway.Core.Scheduling;
using Gateway.Core.Status;
using k8s;
using k8s.Models;

namespace Gateway.Api.Cluster;

/// <summary>The Jobs and StatefulSets of a project, as far as its scheduler runs them.</summary>
internal sealed class ClusterWorkloads(ClusterConnection cluster, SchedulerDialect dialect)
{
    private const string FieldManager = OwnKeys.ManagedByGateway;
    private const string DryRun = "All";

    /// <summary>The workloads of that name: none, one, or one of each type. All objects of that name with <paramref name="anyScheduler"/>, since those take the name too.</summary>
    public async Task<IReadOnlyList<IKubernetesObject<V1ObjectMeta>>> FindAsync(Project project, string name, bool anyScheduler, CancellationToken cancellationToken)
    {
        var client = cluster.ForNamespace(project.Namespace);
        var job = client.BatchV1.ReadNamespacedJobAsync(name, project.Namespace, cancellationToken: cancellationToken).OrNull();
        var set = client.AppsV1.ReadNamespacedStatefulSetAsync(name, project.Namespace, cancellationToken: cancellationToken).OrNull();
        IKubernetesObject<V1ObjectMeta>?[] found = [await job, await set];
        return [.. found.OfType<IKubernetesObject<V1ObjectMeta>>().Where(owner => anyScheduler || IsOurs(owner))];
    }

    /// <summary>That very object as it is now; null when it is no longer there.</summary>
    public async Task<IKubernetesObject<V1ObjectMeta>?> ReadAsync(Project project, IKubernetesObject<V1ObjectMeta> owner, CancellationToken cancellationToken)
    {
        var (client, name) = (cluster.ForNamespace(project.Namespace), owner.Metadata.Name);
        IKubernetesObject<V1ObjectMeta>? found = owner is V1Job
            ? await client.BatchV1.ReadNamespacedJobAsync(name, project.Namespace, cancellationToken: cancellationToken).OrNull()
            : await client.AppsV1.ReadNamespacedStatefulSetAsync(name, project.Namespace, cancellationToken: cancellationToken).OrNull();
        return found?.Metadata.Uid == owner.Metadata.Uid ? found : null;
    }

    /// <summary>Creates the object; null when an object of its kind has the name. With <paramref name="dryRun"/> nothing is stored.</summary>
    public async Task<IKubernetesObject<V1ObjectMeta>?> CreateAsync(Project project, IKubernetesObject<V1ObjectMeta> owner, bool dryRun, CancellationToken cancellationToken)
    {
        var client = cluster.ForNamespace(project.Namespace);
        var dry = dryRun ? DryRun : null;
        try
        {
            return owner is V1Job job
                ? await client.BatchV1.CreateNamespacedJobAsync(job, project.Namespace, dryRun: dry, fieldManager: FieldManager, fieldValidation: "Strict", cancellationToken: cancellationToken)
                : await client.AppsV1.CreateNamespacedStatefulSetAsync((V1StatefulSet)owner, project.Namespace, dryRun: dry, fieldManager: FieldManager, fieldValidation: "Strict", cancellationToken: cancellationToken);
        }
        catch (ClusterException e) when (e.Status == HttpStatusCode.Conflict && e.Reason == "AlreadyExists")
        {
            return null;
        }
    }

    /// <summary>Lets the cluster say whether it would admit the object's pods; nothing is stored.</summary>
    public Task<V1Pod> TryPodAsync(Project project, IKubernetesObject<V1ObjectMeta> owner, CancellationToken cancellationToken)
    {
        var template = owner.PodTemplate();
        var pod = new V1Pod
        {
            ApiVersion = "v1",
            Kind = V1Pod.KubeKind,
            Metadata = new() { GenerateName = "dry-run-", Labels = template.Metadata.Labels, Annotations = template.Metadata.Annotations },
            Spec = template.Spec,
        };
        return cluster.ForNamespace(project.Namespace).CoreV1
            .CreateNamespacedPodAsync(pod, project.Namespace, dryRun: DryRun, fieldManager: FieldManager, cancellationToken: cancellationToken);
    }

    /// <summary>
    /// Deletes that very object and, before it is gone itself, its pods. The options go in the body, since a body makes the
    /// server ignore the query, and a Job without a policy leaves its pods running. Nothing happens when it is no longer there.
    /// </summary>
    public async Task DeleteAsync(Project project, IKubernetesObject<V1ObjectMeta> owner, CancellationToken cancellationToken)
    {
        var (client, name) = (cluster.ForNamespace(project.Namespace), owner.Metadata.Name);
        var options = new V1DeleteOptions { PropagationPolicy = "Foreground", Preconditions = new() { Uid = owner.Metadata.Uid } };
        try
        {
            await (owner is V1Job
                ? client.BatchV1.DeleteNamespacedJobAsync(name, project.Namespace, options, cancellationToken: cancellationToken)
                : client.AppsV1.DeleteNamespacedStatefulSetAsync(name, project.Namespace, options, cancellationToken: cancellationToken)).OrNull();
        }
        catch (ClusterException e) when (e.Status == HttpStatusCode.Conflict)
        {
            // Another object has the name by now.
            if (await ReadAsync(project, owner, cancellationToken) is not null)
                throw;
        }
    }

    /// <summary>Changes that very object by a merge patch which names its uid: the object then, null when it is no longer there.</summary>
    public async Task<IKubernetesObject<V1ObjectMeta>?> PatchAsync(Project project, IKubernetesObject<V1ObjectMeta> owner, object patch, CancellationToken cancellationToken)
    {
        var (client, name, body) = (cluster.ForNamespace(project.Namespace), owner.Metadata.Name, new V1Patch(JsonSerializer.Serialize(patch), V1Patch.PatchType.MergePatch));
        return owner is V1Job
            ? await client.BatchV1.PatchNamespacedJobAsync(body, name, project.Namespace, fieldManager: FieldManager, fieldValidation: "Strict", cancellationToken: cancellationToken).OrNull()
            : await client.AppsV1.PatchNamespacedStatefulSetAsync(body, name, project.Namespace, fieldManager: FieldManager, fieldValidation: "Strict", cancellationToken: cancellationToken).OrNull();
    }

    /// <summary>Takes a pod off the cluster's books without waiting for its node, which does not answer.</summary>
    public Task ForgetPodAsync(Project project, ObservedPod pod, CancellationToken cancellationToken) => cluster.ForNamespace(project.Namespace).CoreV1
        .DeleteNamespacedPodAsync(pod.Metadata.Name, project.Namespace, new V1DeleteOptions { GracePeriodSeconds = 0, Preconditions = new() { Uid = pod.Metadata.Uid } }, cancellationToken: cancellationToken).OrNull();

    /// <summary>Whether the project's scheduler runs it.</summary>
    public bool IsOurs(IKubernetesObject<V1ObjectMeta> owner) => owner.PodTemplate().Spec.SchedulerName == dialect.SchedulerName;
}
