using System.Diagnostics;
using Gateway.Chart.Tests.Objects;
using Gateway.Chart.Tests.Rendering;
using Xunit;

namespace Gateway.Chart.Tests.Pages;

/// <summary>The commands of docs/install.md that need kubectl and no pods, run as they stand, but for how objects are sent.</summary>
public sealed class InstallPageTests
{
    [ChartFact("kubectl", "bash")]
    public async Task Project_JoinsAndLeavesByTheCommandsOfThePage()
    {
        await using var cluster = await ReadyAsync();

        Assert.Equal("no", await MayAsync(cluster, "runai-team-c", "create jobs"));
        await RunAsync(cluster, "kubectl label namespace runai-team-c runai/queue=team-c");
        await RunAsync(cluster, InstallPage.Block("Add a project later", "bash", 0));
        Assert.Equal("yes", await MayAsync(cluster, "runai-team-c", "create jobs"));
        Assert.Equal("no", await MayAsync(cluster, "runai-team-c", "update jobs"));
        Assert.Equal("no", await MayAsync(cluster, "runai-team-a", "create jobs"));
        await RunAsync(cluster, InstallPage.Block("Uninstall", "bash", 1));
        Assert.Equal("no", await MayAsync(cluster, "runai-team-c", "create jobs"));
    }

    [ChartFact("kubectl", "bash")]
    public async Task Submitter_IsBoundByTheCommandsOfThePage()
    {
        await using var cluster = await ReadyAsync();

        await RunAsync(cluster, string.Join('\n', InstallPage.Commands("With Helm").Where(command => command.StartsWith("kubectl create", StringComparison.Ordinal))));

        var output = await RunAsync(cluster, "kubectl auth can-i create statefulsets --namespace runai-team-a --as system:serviceaccount:runai-team-a:ci");
        Assert.Equal("yes", output);
        Assert.Equal(3, (await RunAsync(cluster, "kubectl create token ci --namespace runai-team-a --audience=workload-gateway")).Split('.').Length);
    }

    // A cluster in which the chart is installed, as far as it serves its kinds.
    private static async Task<TestCluster> ReadyAsync()
    {
        var (cluster, chart) = (await TestCluster.StartAsync(), await Renderer.RenderAsync());
        await cluster.EnsureNamespacesAsync(chart);
        foreach (var item in chart.Objects)
            await cluster.CreateAsync(item);
        await cluster.CreateNamespaceAsync("runai-team-a");
        await cluster.CreateNamespaceAsync("runai-team-c");
        return cluster;
    }

    // `kubectl create` sends what the embedded cluster does not read, protobuf: here kubectl writes the object as YAML, and applies that.
    private static string Applied(string commands) => string.Join('\n', commands.Split('\n').Select(line =>
        line.StartsWith("kubectl create ", StringComparison.Ordinal) && !line.StartsWith("kubectl create token", StringComparison.Ordinal)
            ? $"{line} --dry-run=client --output=yaml | kubectl apply --filename -"
            : line));

    private static async Task<string> MayAsync(TestCluster cluster, string space, string what) =>
        await RunAsync(cluster, $"kubectl auth can-i {what} --namespace {space} --as system:serviceaccount:runai-team-c:workload-gateway || true");

    private static async Task<string> RunAsync(TestCluster cluster, string commands)
    {
        var config = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(config, cluster.Config);
            var start = new ProcessStartInfo("bash", ["-ec", Applied(commands)]);
            (start.Environment["KUBECONFIG"], start.Environment["HOME"]) = (config, Path.GetTempPath());
            var (code, output, errors) = await Tool.RunAsync(start);
            Assert.True(code == 0, errors);
            return output.Trim();
        }
        finally
        {
            File.Delete(config);
        }
    }
}
