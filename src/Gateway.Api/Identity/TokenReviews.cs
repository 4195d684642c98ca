using Gateway.Api.Cluster;
using k8s.Models;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Identity;

/// <summary>Recognises callers by tokens that the cluster knows: https://kubernetes.io/docs/reference/access-authn-authz/authentication/</summary>
internal sealed class TokenReviews(ClusterReviews reviews, IOptions<AuthenticationOptions> options)
{
    /// <summary>Whose token it is; null when it is nobody's, or not made for the gateway.</summary>
    public async Task<Caller?> RecogniseAsync(string token) =>
        await reviews.TokenAsync(token, options.Value.Audience, CancellationToken.None) is { Username: { Length: > 0 } username } user ? ToCaller(username, user) : null;

    private static Caller ToCaller(string username, V1UserInfo user) => new()
    {
        Username = username,
        Mode = AuthenticationModes.Kubernetes,
        Uid = user.Uid,
        Groups = [.. user.Groups ?? []],
        Extra = (user.Extra ?? new Dictionary<string, IList<string>>()).ToDictionary(extra => extra.Key, IReadOnlyList<string> (extra) => [.. extra.Value ?? []]),
    };
}
