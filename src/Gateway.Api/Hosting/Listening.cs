using Gateway.Api.Cluster;
using Gateway.Core.Workloads;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Hosting;

/// <summary>Addresses and limits of the server.</summary>
internal static class Listening
{
    private const int ApiPort = 8080;
    private const int LargestBody = 1024 * 1024;

    /// <summary>
    /// Listens where `--urls` or ASPNETCORE_* say, else on port 8080: of this machine only with the embedded cluster. The
    /// management port is added on the same host.
    /// </summary>
    public static void AddListening(this WebApplicationBuilder builder, ClusterMode mode)
    {
        builder.Services.AddOptions<ServerOptions>().BindConfiguration(ServerOptions.Section)
            .Validate(options => options.PathBase is null or ['/', ..], "Server:PathBase must begin with a slash.").ValidateOnStart();
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
        builder.WebHost.UseUrls(management == 0 || urls.Length == 0 ? urls : [.. urls, On(management, urls[0])]);
    }

    /// <summary>What holds for every answer: where the gateway is mounted, and that nothing here is to be guessed at by a browser.</summary>
    public static void UseServer(this WebApplication app, ClusterMode mode)
    {
        app.UsePathBase(app.Services.GetRequiredService<IOptions<ServerOptions>>().Value.PathBase);
        app.Use((context, next) =>
        {
            // As late as possible: the handler of exceptions clears what was set before.
            context.Response.OnStarting(() => SetHeaders(context.Response.Headers, mode));
            return next(context);
        });
    }

    private static Task SetHeaders(IHeaderDictionary headers, ClusterMode mode)
    {
        headers.XContentTypeOptions = "nosniff";
        if (mode == ClusterMode.Embedded)
            headers["Gateway-Cluster"] = "embedded";
        return Task.CompletedTask;
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
