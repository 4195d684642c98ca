using Gateway.Api.Cluster;
using Gateway.Api.Errors;
using Gateway.Api.Hosting;
using Gateway.Api.OpenApi;
using Gateway.Api.Projects;
using Gateway.Api.Workloads;

try
{
    var builder = WebApplication.CreateSlimBuilder(args);
    var mode = builder.AddCluster();
    builder.AddLogging();
    builder.AddListening(mode);
    builder.Services.AddErrors();
    builder.Services.AddHealth();
    builder.Services.AddProjects();
    builder.Services.AddWorkloads();
    builder.Services.AddApiDocument();

    var app = builder.Build();
    app.UseServer(mode);
    app.UseRequestLogging();
    app.UseErrors();
    app.UseRouting();
    app.UseManagementPort();
    app.MapWorkloads();
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
