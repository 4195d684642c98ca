using System.Net;
using Gateway.Api.Cluster;
using k8s.Models;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Gateway.Api.Identity;

/// <summary>
/// Recognises callers by tokens that the cluster knows:
/// https://kubernetes.io/docs/reference/access-authn-authz/authentication/ A review is work for the API server, so that
/// what others make up is told before from what may be good, and has a budget of its own.
/// </summary>
internal sealed class TokenReviews(
    ClusterReviews reviews,
    ClusterSignatures signatures,
    ReviewBudget budget,
    IOptions<AuthenticationOptions> options,
    TimeProvider time)
{
    private const int Remembered = 20_000;
    private static readonly TimeSpan RememberedFor = TimeSpan.FromHours(1);

    // Hashes of tokens, and accounts at addresses.
    private readonly RecentAnswers<string, bool> _good = new(Remembered, time);

    /// <summary>Whose token it is; null when it is nobody's, or not made for the gateway.</summary>
    public async Task<Caller?> RecogniseAsync(string token, string hash, IPAddress? address)
    {
        var jwt = Jwt.Read(token);
        if (await OriginAsync(jwt, hash, address) is not { } origin)
            return null;
        var caller = await budget.SpendAsync(origin, () => ReviewAsync(token));
        Note(caller is not null, jwt, hash, address);
        return caller;
    }

    // Null for a forgery. What others of the same address send takes nothing from a token for which something speaks.
    private async Task<TokenOrigin?> OriginAsync(JsonWebToken? jwt, string hash, IPAddress? address)
    {
        if (_good.TryGet(hash, out _))
            return new(hash, TokenTrust.Proven);
        var signature = jwt is null ? ClusterSignature.Unknown : await signatures.CheckAsync(jwt);
        if (signature == ClusterSignature.Forged)
            return null;
        if (signature == ClusterSignature.Genuine)
            return new($"account {jwt!.Subject}", TokenTrust.Proven);
        var account = Account(jwt, address);
        return jwt is not null && _good.TryGet(account, out _)
            ? new(account, TokenTrust.Claimed)
            : new($"address {CallerAddress.Key(address)}", TokenTrust.None);
    }

    private void Note(bool good, JsonWebToken? jwt, string hash, IPAddress? address)
    {
        if (!good)
        {
            _good.Remove(hash);
            return;
        }

        _good.Set(hash, true, RememberedFor);
        if (jwt is not null)
            _good.Set(Account(jwt, address), true, RememberedFor);
    }

    private static string Account(JsonWebToken? jwt, IPAddress? address) =>
        $"account {jwt?.Subject} of {jwt?.Issuer} at {CallerAddress.Key(address)}";

    private async Task<Caller?> ReviewAsync(string token)
    {
        var user = await reviews.TokenAsync(token, options.Value.Audience, CancellationToken.None);
        return user is { Username: { Length: > 0 } username } ? ToCaller(username, user) : null;
    }

    private static Caller ToCaller(string username, V1UserInfo user) => new()
    {
        Username = username,
        Mode = AuthenticationModes.Kubernetes,
        Uid = user.Uid,
        Groups = [.. user.Groups ?? []],
        Extra = (user.Extra ?? new Dictionary<string, IList<string>>())
            .ToDictionary(extra => extra.Key, IReadOnlyList<string> (extra) => [.. extra.Value ?? []]),
    };
}
