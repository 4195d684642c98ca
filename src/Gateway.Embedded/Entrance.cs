using System.Runtime.InteropServices;
using Gateway.Embedded.Hosting;
using Gateway.Embedded.Scheduler;

namespace Gateway.Embedded;

/// <summary>
/// Serves the embedded cluster alone: <c>dotnet run -- [--urls http://127.0.0.1:8001] [--tls true] [--admin-token …]</c>.
/// Beside what is asked for it listens on HTTPS for kubectl, and prints the kubeconfig.
/// </summary>
internal static class Entrance
{
    private const string AnyPort = "https://127.0.0.1:0";

    private static async Task Main(string[] args)
    {
        var options = Options(args);
        await using var cluster = await EmbeddedCluster.StartAsync(options);
        Console.Error.WriteLine($"# Serving {string.Join(", ", cluster.Addresses)}");
        Console.WriteLine(Kubeconfig.For(cluster.Addresses[^1], cluster.AdminToken, cluster.CertificatePem, $"runai-{options.Projects[0]}"));
        await await Task.WhenAny(EndAsync(), cluster.BreakAsync());
    }

    private static EmbeddedClusterOptions Options(string[] args)
    {
        // A switch alone means yes.
        var configuration = new ConfigurationBuilder().AddCommandLine([.. args.Select(arg => arg == "--tls" ? "--tls=true" : arg)]).Build();
        var urls = configuration["urls"] ?? "http://127.0.0.1:8001";
        if (configuration["tls"] == "true") urls = urls.Replace("http://", "https://", StringComparison.Ordinal);
        if (!urls.Contains("https://", StringComparison.Ordinal)) urls += $";{AnyPort}";
        return new EmbeddedClusterOptions
        {
            Urls = urls,
            AdminToken = configuration["admin-token"] ?? "admin-token",
            MakesPods = configuration.GetValue("makes-pods", true),
            FaultsOverHttp = configuration.GetValue("faults", false),
            Nodes = Nodes(configuration.GetValue("nodes", 2), configuration.GetValue("gpus", 8)),
        };
    }

    private static async Task EndAsync()
    {
        var ended = new TaskCompletionSource();
        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            ended.TrySetResult();
        }
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        await ended.Task;
    }

    private static EmbeddedNode[] Nodes(int count, int gpus) =>
        [.. Enumerable.Range(1, count).Select(number => new EmbeddedNode { Name = $"node-{number}", Gpus = gpus })];
}
