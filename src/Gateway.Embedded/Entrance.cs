using Gateway.Embedded.Scheduler;

namespace Gateway.Embedded;

/// <summary>Serves the embedded cluster alone: <c>dotnet run -- --urls http://127.0.0.1:8001</c>.</summary>
internal static class Entrance
{
    private static async Task Main(string[] args)
    {
        var configuration = new ConfigurationBuilder().AddCommandLine(args).Build();
        await using var cluster = await EmbeddedCluster.StartAsync(new EmbeddedClusterOptions
        {
            Urls = configuration["urls"] ?? "http://127.0.0.1:8001",
            AdminToken = configuration["admin-token"] ?? "admin-token",
            Nodes = Nodes(configuration.GetValue("nodes", 2), configuration.GetValue("gpus", 8)),
        });
        Console.WriteLine($"Serving {cluster.Address}; the admin's token is {cluster.AdminToken}");
        var ended = new TaskCompletionSource();
        using var interrupt = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGINT, context => { context.Cancel = true; ended.TrySetResult(); });
        using var terminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, context => { context.Cancel = true; ended.TrySetResult(); });
        await ended.Task;
    }

    private static EmbeddedNode[] Nodes(int count, int gpus) =>
        [.. Enumerable.Range(1, count).Select(number => new EmbeddedNode { Name = $"node-{number}", Gpus = gpus })];
}
