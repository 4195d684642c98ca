using System.Net;

namespace Gateway.Api.Hosting;

/// <summary>How the gateway is reached.</summary>
internal sealed class ServerOptions
{
    public const string Section = "Server";

    /// <summary>The path below which every route is mounted, such as `/gateway`; none when left out.</summary>
    public string? PathBase { get; set; }

    /// <summary>How long the gateway still answers everybody, and says that it is not ready, after it was told to stop, so that load balancers learn of it; then it has half a minute for requests at work. Where pods sleep before (the chart's `preStopSleepSeconds`) it can be 0.</summary>
    public TimeSpan LeaveAfter { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The names and addresses by which callers reach the gateway, such as `gateway.example.org`, `*.example.org` or `10.0.0.7`, without a port; others are refused. `localhost` and loopback addresses are always among them. When empty any name will do, and with `Authentication:Mode=Anonymous` only those; `*` is any name then too.</summary>
    public IList<string> Hosts { get; } = [];

    /// <summary>The addresses or networks of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed; nobody's when empty.</summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>Those of the trusted proxies that can be read.</summary>
    public IEnumerable<IPNetwork> Proxies =>
        from text in TrustedProxies
        let network = IPNetwork.TryParse(text, out var some) ? some : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : (IPNetwork?)null
        where network is not null
        select network.Value;
}

/// <summary>Where health and metrics are asked for.</summary>
internal sealed class ManagementOptions
{
    public const string Section = "Management";

    /// <summary>The port of health checks and metrics; 0 serves them on the API's port.</summary>
    public int Port { get; set; } = 8081;
}
