using System.Net;
using Gateway.Api.Cluster.Connection;
using Gateway.Api.Projects;
using Gateway.Core.Manifests;
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

    /// <summary>Deletes a claim; nothing happens when it is no longer there.</summary>
    public Task DeleteClaimAsync(Project project, string name, CancellationToken cancellationToken) =>
        cluster.ForNamespace(project.Namespace).CoreV1.DeleteNamespacedPersistentVolumeClaimAsync(name, project.Namespace, cancellationToken: cancellationToken).OrNull();
}
