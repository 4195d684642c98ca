using k8s;

namespace Gateway.Api.Cluster;

/// <summary>The cluster's namespaces.</summary>
internal sealed class ClusterNamespaces(ClusterConnection cluster)
{
    /// <summary>The names of the namespaces that carry a label with this value.</summary>
    public async Task<IReadOnlyList<string>> WithLabelAsync(string key, string value, CancellationToken cancellationToken)
    {
        var found = await cluster.Gateway.CoreV1.ListNamespaceAsync(labelSelector: $"{key}={value}", cancellationToken: cancellationToken);
        return [.. found.Items.Select(item => item.Metadata.Name)];
    }

    /// <summary>Whether the cluster answers at all.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await cluster.Gateway.Version.GetCodeAsync(cancellationToken);
            return true;
        }
        catch (ClusterException)
        {
            return false;
        }
    }
}
