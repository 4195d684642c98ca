using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Embedded.Hosting;

/// <summary>The web server of a cluster: nothing but Kestrel and one handler.</summary>
internal static class WebServer
{
    private const long MaxBodyBytes = 3 * 1024 * 1024;

    public static WebApplication Build(string urls, X509Certificate2 certificate, RequestDelegate handler)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate);
        });
        var web = builder.Build();
        foreach (var url in urls.Split(';')) web.Urls.Add(url);
        // In the process of a gateway its calls to the cluster would be counted among those of the gateway's callers.
        web.Use(next => context =>
        {
            if (context.Features.Get<IHttpMetricsTagsFeature>() is { } metrics)
            {
                metrics.MetricsDisabled = true;
            }
            return next(context);
        });
        web.Run(handler);
        return web;
    }
}
