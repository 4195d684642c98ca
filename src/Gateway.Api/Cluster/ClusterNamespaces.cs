using Gateway.Api.Cluster.Connection;
using k8s;

namespace Gateway.Api.Cluster;

/// <summary>The cluster's namespaces.</summary>
internal sealed class ClusterNamespaces(ClusterConnection cluster)
{
    private const int PageSize = 500;

    /// <summary>The namespaces that carry a label, with its value.</summary>
    public async Task<IReadOnlyList<(string Namespace, string Value)>> WithLabelAsync(string key, CancellationToken cancellationToken)
    {
        List<(string, string)> found = [];
        string? next = null;
        do
        {
            var page = await cluster.Gateway.CoreV1.ListNamespaceAsync(
                labelSelector: key, limit: PageSize, continueParameter: next, cancellationToken: cancellationToken);
            found.AddRange(page.Items.Select(item => (item.Metadata.Name, item.Metadata.Labels[key])));
            next = page.Metadata?.ContinueProperty;
        }
        while (!string.IsNullOrEmpty(next));
        return found;
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
