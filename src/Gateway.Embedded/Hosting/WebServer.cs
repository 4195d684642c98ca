using System.Security.Cryptography.X509Certificates;

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
        web.Run(handler);
        return web;
    }
}
