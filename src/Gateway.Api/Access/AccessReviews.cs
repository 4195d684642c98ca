using Gateway.Api.Cluster;
using Gateway.Api.Identity;
using k8s.Models;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Access;

/// <summary>
/// What callers may do, as the cluster's own authorization has it. The cluster's word holds a short while, a refusal half as long
/// as a grant: https://kubernetes.io/docs/reference/access-authn-authz/authorization/
/// </summary>
internal sealed class AccessReviews(ClusterReviews reviews, IOptions<AuthenticationOptions> options, TimeProvider time)
{
    private const int Remembered = 50_000;

    private readonly RecentAnswers<(string Caller, string Namespace, Right Right), bool> _answers = new(Remembered, time);

    /// <summary>Whether a caller has a right in a namespace.</summary>
    public ValueTask<bool> MayAsync(Caller caller, string namespaceName, Right right, CancellationToken cancellationToken) => _answers.GetAsync(
        (caller.Fingerprint, namespaceName, right),
        () => reviews.AccessAsync(Wish(caller, namespaceName, right), CancellationToken.None),
        allowed => allowed ? options.Value.RememberFor : options.Value.RememberFor / 2,
        cancellationToken);

    private static V1SubjectAccessReviewSpec Wish(Caller caller, string namespaceName, Right right) => new()
    {
        User = caller.Username,
        Uid = caller.Uid,
        Groups = [.. caller.Groups],
        Extra = caller.Extra.ToDictionary(extra => extra.Key, IList<string> (extra) => [.. extra.Value]),
        ResourceAttributes = new()
        {
            NamespaceProperty = namespaceName,
            Verb = right.Verb,
            Group = right.Group,
            Resource = right.Resource,
            Subresource = right.Subresource.Length == 0 ? null : right.Subresource,
        },
    };
}
