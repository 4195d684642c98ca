using System.Net;
using Gateway.Api.Errors;
using Gateway.Api.Identity;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Gateway.Api.Hosting;

/// <summary>
/// By which names the gateway lets itself be called. Who has a browser look up a name that leads to this machine has one of its own there,
/// and without it no page can speak for whoever sits here: https://en.wikipedia.org/wiki/DNS_rebinding
/// </summary>
internal static class HostNames
{
    /// <summary>
    /// Refuses other names than those of this machine and the configured ones, where some are configured or callers send no credentials.
    /// Health and metrics are asked for by the address of the pod.
    /// </summary>
    public static void UseHostNames(this WebApplication app)
    {
        var hosts = app.ConfiguredHosts();
        if (hosts.Count == 0 && !app.Services.GetRequiredService<IOptions<AuthenticationOptions>>().Value.Mode.HasFlag(AuthenticationModes.Anonymous))
            return;
        app.Use((context, next) => context.IsOfManagement() || IsThisMachine(context.Request.Host) || hosts.Have(context.Request.Host.Value) ? next(context) : throw Refusal());
    }

    /// <summary>The names that are configured.</summary>
    public static IList<StringSegment> ConfiguredHosts(this WebApplication app) =>
        [.. app.Services.GetRequiredService<IOptions<ServerOptions>>().Value.Hosts.Select(host => new StringSegment(host))];

    /// <summary>Whether a host, with or without a port, is one of these.</summary>
    public static bool Have(this IList<StringSegment> hosts, string? host) => !string.IsNullOrEmpty(host) && HostString.MatchesAny(host, hosts);

    /// <summary>Whether something can be configured as a host: a name, an address, `*.` and a name, or `*` for any.</summary>
    public static bool IsHost(string text) => text == "*" || Uri.CheckHostName(text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text) switch
    {
        UriHostNameType.Dns or UriHostNameType.IPv4 => true,
        UriHostNameType.IPv6 => text[0] == '[',
        _ => false,
    };

    // Browsers take all names below localhost for this machine: https://www.rfc-editor.org/rfc/rfc6761#section-6.3
    private static bool IsThisMachine(HostString host) =>
        IPAddress.TryParse(host.Host, out var address)
            ? IPAddress.IsLoopback(address)
            : host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    private static ProblemException Refusal() =>
        new(ProblemTypes.UnknownHost.With("The gateway does not answer to the name in the Host header. Call it by localhost, or have its operator add the name to Server:Hosts."));
}
