using Gateway.Api.Cluster;
using Gateway.Core.Workloads;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Gateway.Api.Hosting;

/// <summary>Addresses and limits of the server.</summary>
internal static class Listening
{
    private const int ApiPort = 8080;
    private const int LargestBody = 1024 * 1024;
    private const string Overridden =
        "Kestrel:Endpoints takes the place of every other address, the management port's too, and health and metrics would be nowhere. "
        + "Say where to listen by --urls and Kestrel:Certificates:Default, or set Management:Port to 0 to have them on the API's port.";

    /// <summary>
    /// Listens where `--urls` or ASPNETCORE_* say, else on port 8080: of this machine only with the embedded cluster. The
    /// management port is added on the same host.
    /// </summary>
    public static void AddListening(this WebApplicationBuilder builder, ClusterMode mode)
    {
        builder.Services.AddOptions<ServerOptions>().BindConfiguration(ServerOptions.Section)
            .Validate(options => options.LeaveAfter >= TimeSpan.Zero && options.LeaveAfter <= TimeSpan.FromMinutes(5), "Server:LeaveAfter must be 0 to 5 minutes, such as 00:00:03.")
            .Validate(options => options.PathBase is null or ['/', ..], "Server:PathBase must begin with a slash.")
            .Validate(options => options.Hosts.All(HostNames.IsHost), "Server:Hosts must be names or addresses without a port, such as *.example.org or [2001:db8::1].")
            .Validate(options => options.Proxies.Count() == options.TrustedProxies.Count, "Server:TrustedProxies must be addresses or networks, such as 10.0.0.0/8.").ValidateOnStart();
        builder.Services.AddOptions<ManagementOptions>().BindConfiguration(ManagementOptions.Section)
            .Validate(options => options.Port is >= 0 and <= 65535, "Management:Port must be 0 to 65535.").ValidateOnStart();
        builder.Services.Configure<JsonOptions>(options => WorkloadJson.Configure(options.SerializerOptions));
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        var urls = Urls(builder.Configuration, mode);
        var management = builder.Configuration.GetValue("Management:Port", new ManagementOptions().Port);
        if (management != 0 && builder.Configuration.GetSection("Kestrel:Endpoints").GetChildren().Any())
            throw new OptionsValidationException(ManagementOptions.Section, typeof(ManagementOptions), [Overridden]);
        builder.WebHost.UseUrls(management == 0 || urls.Length == 0 ? urls : [.. urls, On(management, urls[0])]);
    }

    /// <summary>Where the gateway is mounted, and whose word on the caller's address is taken.</summary>
    public static void UseServer(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<ServerOptions>>().Value;
        if (options.TrustedProxies.Count > 0)
            app.UseForwardedHeaders(Forwarded(options.Proxies));
        app.UsePathBase(options.PathBase);
    }

    // A header is believed as far back as trusted proxies wrote it.
    private static ForwardedHeadersOptions Forwarded(IEnumerable<IPNetwork> proxies)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
            options.KnownIPNetworks.Add(proxy);
        return options;
    }

    private static string[] Urls(ConfigurationManager configuration, ClusterMode mode)
    {
        if (configuration["urls"] is { Length: > 0 } urls)
            return urls.Split(';', StringSplitOptions.RemoveEmptyEntries);
        if (configuration["http_ports"] is { Length: > 0 } ports)
            return [.. ports.Split(';').Select(port => $"http://*:{port}")];
        return [mode == ClusterMode.Embedded ? $"http://127.0.0.1:{ApiPort}" : $"http://*:{ApiPort}"];
    }

    private static string On(int port, string url)
    {
        var host = BindingAddress.Parse(url).Host;
        return $"http://{host}:{port}";
    }
}
