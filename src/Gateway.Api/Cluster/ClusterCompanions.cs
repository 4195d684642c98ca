using System.Net;
using System.Text.Json;
using Gateway.Api.Cluster.Connection;
using Gateway.Api.Projects;
using Gateway.Core.Manifests;
using Gateway.Core.Manifests.Companions;
using k8s;
using k8s.Models;

namespace Gateway.Api.Cluster;

/// <summary>What is made beside Jobs and StatefulSets: Services, Ingresses, claims.</summary>
internal sealed class ClusterCompanions(ClusterConnection cluster)
{
    private const string FieldManager = OwnKeys.ManagedByGateway;
    private const string Strict = "Strict";

    /// <summary>Creates a companion; false when an object of its kind has the name. With <paramref name="dryRun"/> nothing is stored.</summary>
    public async Task<bool> CreateAsync(Project project, IKubernetesObject<V1ObjectMeta> companion, bool dryRun, CancellationToken cancellationToken)
    {
        var (client, space, dry) = (cluster.ForNamespace(project.Namespace), project.Namespace, dryRun ? "All" : null);
        try
        {
            await (companion switch
            {
                V1Service service => (Task)client.CoreV1.CreateNamespacedServiceAsync(service, space, dry, FieldManager, Strict, cancellationToken: cancellationToken),
                V1Ingress ingress => client.NetworkingV1.CreateNamespacedIngressAsync(ingress, space, dry, FieldManager, Strict, cancellationToken: cancellationToken),
                V1PersistentVolumeClaim claim => client.CoreV1.CreateNamespacedPersistentVolumeClaimAsync(claim, space, dry, FieldManager, Strict, cancellationToken: cancellationToken),
                _ => throw new ArgumentException($"A {companion.Kind} is no companion.", nameof(companion)),
            });
            return true;
        }
        catch (ClusterException e) when (e.Status == HttpStatusCode.Conflict && e.Reason == "AlreadyExists")
        {
            return false;
        }
    }

    /// <summary>The object that has a companion's kind and name; null when it is gone.</summary>
    public async Task<IKubernetesObject<V1ObjectMeta>?> FindAsync(Project project, IKubernetesObject<V1ObjectMeta> companion, CancellationToken cancellationToken)
    {
        var (client, space, name) = (cluster.ForNamespace(project.Namespace), project.Namespace, companion.Metadata.Name);
        return companion switch
        {
            V1Service => await client.CoreV1.ReadNamespacedServiceAsync(name, space, cancellationToken: cancellationToken).OrNull(),
            V1Ingress => await client.NetworkingV1.ReadNamespacedIngressAsync(name, space, cancellationToken: cancellationToken).OrNull(),
            _ => await client.CoreV1.ReadNamespacedPersistentVolumeClaimAsync(name, space, cancellationToken: cancellationToken).OrNull(),
        };
    }

    /// <summary>Writes on a kept claim that more than one workload uses it: the claim then, null when it is no longer there.</summary>
    public Task<V1PersistentVolumeClaim?> ShareAsync(Project project, V1PersistentVolumeClaim claim, CancellationToken cancellationToken) =>
        cluster.ForNamespace(project.Namespace).CoreV1.PatchNamespacedPersistentVolumeClaimAsync(
            new V1Patch(JsonSerializer.Serialize(claim.ToShared()), V1Patch.PatchType.MergePatch), claim.Metadata.Name, project.Namespace, fieldManager: FieldManager, fieldValidation: Strict, cancellationToken: cancellationToken).OrNull();

    /// <summary>Deletes a claim as it was seen; false when it is another one by now. Nothing happens when it is no longer there.</summary>
    public async Task<bool> TryDeleteAsync(Project project, V1PersistentVolumeClaim claim, CancellationToken cancellationToken)
    {
        var options = new V1DeleteOptions { Preconditions = new() { Uid = claim.Metadata.Uid, ResourceVersion = claim.Metadata.ResourceVersion } };
        try
        {
            await cluster.ForNamespace(project.Namespace).CoreV1.DeleteNamespacedPersistentVolumeClaimAsync(claim.Metadata.Name, project.Namespace, options, cancellationToken: cancellationToken).OrNull();
            return true;
        }
        catch (ClusterException e) when (e.Status == HttpStatusCode.Conflict)
        {
            return false;
        }
    }
}
