using Gateway.Api.Cluster.Connection;
using k8s;
using k8s.Models;

namespace Gateway.Api.Cluster;

/// <summary>What the cluster says of a caller: who it is, and what it may do.</summary>
internal sealed class ClusterReviews(ClusterConnection cluster, TimeProvider time)
{
    private static readonly TimeSpan KeysTimeout = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Whose token it is; null when it is nobody's, or not meant for this audience. A server that does not know audiences names
    /// none, and its word is not taken: https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-review-v1/
    /// </summary>
    public async Task<V1UserInfo?> TokenAsync(string token, string audience, CancellationToken cancellationToken)
    {
        var review = new V1TokenReview { Spec = new() { Token = token, Audiences = [audience] } };
        var status = (await cluster.Gateway.AuthenticationV1.CreateTokenReviewAsync(review, cancellationToken: cancellationToken)).Status;
        return status?.Authenticated is true && status.Audiences?.Contains(audience) is true ? status.User : null;
    }

    /// <summary>
    /// The public keys by which the cluster signs the tokens of its accounts, as a JSON Web Key Set, which the Kubernetes
    /// client cannot read. Every account may, unless an administrator took that away: see service account issuer discovery
    /// on https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
    /// </summary>
    public async Task<string> TokenKeysAsync()
    {
        using var limit = new CancellationTokenSource(KeysTimeout, time);
        await using var stream = await cluster.OpenAsync(
            namespaceName: null, "openid/v1/jwks", shared: true, again: true, limit.Token);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(limit.Token);
    }

    /// <summary>Whether the cluster's own authorization lets somebody do something.</summary>
    public async Task<bool> AccessAsync(V1SubjectAccessReviewSpec wish, CancellationToken cancellationToken)
    {
        var review = new V1SubjectAccessReview { Spec = wish };
        var status = (await cluster.Gateway.AuthorizationV1.CreateSubjectAccessReviewAsync(review, cancellationToken: cancellationToken)).Status;
        return status is { Allowed: true, Denied: not true };
    }
}
