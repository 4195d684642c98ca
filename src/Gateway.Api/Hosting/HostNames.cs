using System.Net;
using Gateway.Api.Errors;
using Gateway.Api.Identity;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Gateway.Api.Hosting;

/// <summary>
/// By which names the gateway lets itself be called. A page that has a name of its own lead to this machine
/// (https://en.wikipedia.org/wiki/DNS_rebinding) is of the same site then as what answers here, and could read it all.
/// </summary>
internal static class HostNames
{
    /// <summary>
    /// Refuses other names than those of this machine and the configured ones, where some are configured or callers
    /// send no credentials. Health and metrics are asked for by the address of the pod.
    /// </summary>
    public static void UseHostNames(this WebApplication app)
    {
        var hosts = app.ConfiguredHosts();
        var mode = app.Services.GetRequiredService<IOptions<AuthenticationOptions>>().Value.Mode;
        if (hosts.Count == 0 && !mode.HasFlag(AuthenticationModes.Anonymous))
            return;
        app.Use((context, next) =>
        {
            var host = context.Request.Host;
            var known = context.IsOfManagement() || IsThisMachine(host) || hosts.Have(host.Value);
            return known ? next(context) : throw Refusal();
        });
    }

    /// <summary>The names that are configured.</summary>
    public static IList<StringSegment> ConfiguredHosts(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<ServerOptions>>().Value;
        return [.. options.Hosts.Select(host => new StringSegment(host))];
    }

    /// <summary>Whether a host, with or without a port, is one of these.</summary>
    public static bool Have(this IList<StringSegment> hosts, string? host) =>
        !string.IsNullOrEmpty(host) && HostString.MatchesAny(host, hosts);

    /// <summary>Whether something can be configured: a name, an address, `*.` and a name, or `*` for any.</summary>
    public static bool IsHost(string text)
    {
        var name = text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text;
        return text == "*" || Uri.CheckHostName(name) switch
        {
            UriHostNameType.Dns or UriHostNameType.IPv4 => true,
            UriHostNameType.IPv6 => text[0] == '[',
            _ => false,
        };
    }

    // Browsers take all names below localhost for this machine: https://www.rfc-editor.org/rfc/rfc6761#section-6.3
    private static bool IsThisMachine(HostString host) => IPAddress.TryParse(host.Host, out var address)
        ? IPAddress.IsLoopback(address)
        : $".{host.Host}".EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    private static ProblemException Refusal() => new(ProblemTypes.UnknownHost.With(
        "The gateway does not answer to the name in the Host header. "
        + "Call it by localhost, or have its operator add the name to Server:Hosts."));
}
