using Gateway.Api.Access;
using Gateway.Api.Auditing;
using Gateway.Api.Cluster;
using Gateway.Api.Errors;
using Gateway.Api.Hosting;
using Gateway.Api.Identity;
using Gateway.Api.Live;
using Gateway.Api.Logs;
using Gateway.Api.Observability;
using Gateway.Api.OpenApi;
using Gateway.Api.Projects;
using Gateway.Api.Scheduling;
using Gateway.Api.Usage;
using Gateway.Api.Workloads;

try
{
    // Settings are read once; to watch their files would watch every folder beside them.
    var builder = WebApplication.CreateSlimBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);
    var mode = builder.AddCluster();
    builder.AddLogging();
    builder.AddTelemetry();
    builder.AddListening(mode);
    builder.Services.AddLeaving();
    builder.Services.AddErrors();
    builder.Services.AddHealth();
    builder.AddIdentity(mode);
    builder.Services.AddAccess();
    builder.Services.AddAudit();
    builder.Services.AddRateLimits();
    builder.Services.AddScheduling();
    builder.Services.AddProjects();
    builder.Services.AddLive();
    builder.Services.AddWorkloads(builder.Configuration);
    builder.Services.AddLogs();
    builder.Services.AddApiDocument();

    var app = builder.Build();
    app.AskCluster(mode);
    app.UseBreaking();
    app.UseServer();
    app.UseLeaving();
    app.UseRequestIds();
    app.UseSecurityHeaders(mode);
    app.UseRequestLogging();
    app.UseAudit();
    app.UseErrors();
    app.UseRouting();
    app.UseManagementPort();
    app.UseHostNames();
    app.UseIdentity();
    app.UseCrossSiteProtection();
    app.UseRateLimiter();
    app.MapProjects();
    app.MapUsage();
    app.MapWorkloads();
    app.MapLogs();
    app.MapApiDocument();
    app.MapHealth();
    await app.RunAsync();
    return 0;
}
catch (Exception wrong) when (wrong.IsWrongSetting())
{
    await Console.Error.WriteLineAsync($"The gateway does not start: {wrong.Message}");
    return 1;
}
