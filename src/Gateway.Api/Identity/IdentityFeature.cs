using Gateway.Api.Cluster;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Identity;

/// <summary>Who is calling.</summary>
internal static class IdentityFeature
{
    /// <summary>Registers what recognises callers; a setting that would let in whom it should not stops the start.</summary>
    public static void AddIdentity(this WebApplicationBuilder builder, ClusterMode cluster)
    {
        var standard = cluster == ClusterMode.Embedded ? AuthenticationModes.Kubernetes | AuthenticationModes.Anonymous : AuthenticationModes.Kubernetes;
        builder.Services.AddOptions<AuthenticationOptions>().BindConfiguration(AuthenticationOptions.Section)
            .PostConfigure(options => options.Mode = options.Mode == AuthenticationModes.None ? standard : options.Mode)
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<AuthenticationOptions>>(new AuthenticationRules(cluster, builder.Configuration));
        builder.Services.AddSingleton<ClusterSignatures>().AddSingleton<ReviewBudget>().AddSingleton<TokenReviews>();
        builder.Services.AddSingleton<OidcTokens>().AddSingleton<CallerAuthentication>();
    }

    /// <summary>Lets nobody who is not known come to a route, unless the route is open to all.</summary>
    public static void UseIdentity(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            context.Features.Set(await context.RequestServices.GetRequiredService<CallerAuthentication>().IdentifyAsync(context));
        await next(context);
    });
}

/// <summary>What the settings of authentication must be.</summary>
internal sealed class AuthenticationRules(ClusterMode cluster, IConfiguration configuration) : IValidateOptions<AuthenticationOptions>
{
    private const AuthenticationModes All = AuthenticationModes.Kubernetes | AuthenticationModes.Oidc | AuthenticationModes.Anonymous;

    public ValidateOptionsResult Validate(string? name, AuthenticationOptions options)
    {
        var wrong = Wrong(options).ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private IEnumerable<string> Wrong(AuthenticationOptions options)
    {
        if ((options.Mode & ~All) != 0)
            yield return "Authentication:Mode must be Kubernetes, Oidc or Anonymous, or several separated by commas.";
        if (options.Mode.HasFlag(AuthenticationModes.Anonymous) && cluster != ClusterMode.Embedded && !options.AllowAnonymous)
            yield return $"Authentication:Mode has Anonymous, and Cluster:Mode is {cluster}: set Authentication:AllowAnonymous to true to let in everyone who reaches the gateway.";
        if (options.Mode.HasFlag(AuthenticationModes.Oidc) != options.Oidc.Count > 0)
            yield return "Authentication:Mode has Oidc exactly when Authentication:Oidc names an issuer.";
        if (options.Audience.Length == 0)
            yield return "Authentication:Audience must not be empty.";
        if (options.RememberFor < TimeSpan.Zero || options.RememberFor > TimeSpan.FromSeconds(15))
            yield return "Authentication:RememberFor must be 00:00:00 to 00:00:15.";
        if (options.FailedReviewsPerSecond < 4)
            yield return "Authentication:FailedReviewsPerSecond must be 4 or more.";
        if (configuration[$"{AuthenticationOptions.Section}:FailuresPerAddress"] is not null)
            yield return "Authentication:FailuresPerAddress is gone: see Authentication:FailedReviewsPerSecond.";
        foreach (var because in options.Oidc.SelectMany(WrongIssuer))
            yield return because;
        if (options.Oidc.DistinctBy(issuer => issuer.Issuer).Count() < options.Oidc.Count || Overlap(options.Oidc.Select(issuer => issuer.UsernamePrefix)) || Overlap(options.Oidc.Select(issuer => issuer.GroupsPrefix)))
            yield return "Authentication:Oidc: each issuer must have an Issuer, a UsernamePrefix and a GroupsPrefix of its own, none of which another begins with, or two people could be one.";
    }

    private static bool Overlap(IEnumerable<string> prefixes)
    {
        var all = prefixes.ToList();
        return all.Where((prefix, i) => all.Where((_, j) => j != i).Any(other => other.StartsWith(prefix, StringComparison.Ordinal))).Any();
    }

    private static IEnumerable<string> WrongIssuer(OidcIssuer issuer, int index)
    {
        var at = $"Authentication:Oidc:{index}";
        if (!Uri.TryCreate(issuer.Issuer, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && !(issuer.AllowHttp && url.Scheme == Uri.UriSchemeHttp)))
            yield return $"{at}:Issuer must be an https URL.";
        if (issuer.Audience.Length == 0)
            yield return $"{at}:Audience must not be empty: it is what keeps tokens for others out.";
        if (issuer.UsernameClaim.Length == 0 || issuer.GroupsClaim.Length == 0)
            yield return $"{at}:UsernameClaim and GroupsClaim must not be empty.";
        if (issuer.UsernamePrefix.StartsWith("system:", StringComparison.Ordinal) || issuer.GroupsPrefix.StartsWith("system:", StringComparison.Ordinal))
            yield return $"{at}:UsernamePrefix and GroupsPrefix must not begin with system:, which is Kubernetes' own.";
    }
}
