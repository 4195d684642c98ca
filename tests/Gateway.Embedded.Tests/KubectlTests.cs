using System.Diagnostics;
using Gateway.Embedded.Hosting;

namespace Gateway.Embedded.Tests;

/// <summary>kubectl as a user has it, against a cluster served over HTTPS.</summary>
public sealed class KubectlTests
{
    private const string Manifest = """
        {"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"notebook-1"},
         "spec":{"serviceName":"notebook-1","selector":{"matchLabels":{"release":"notebook-1"}},"template":{"metadata":{"labels":{"release":"notebook-1"}},
          "spec":{"containers":[{"name":"main","image":"x"}]}}}}
        """;

    [KubectlFact]
    public async Task Kubectl_AppliesReadsChangesAndDeletes()
    {
        await using var cluster = await EmbeddedCluster.StartAsync(new EmbeddedClusterOptions { Urls = "https://127.0.0.1:0" });
        using var folder = new TemporaryFolder();
        var config = folder.Write("config", Kubeconfig.For(cluster.Address, cluster.AdminToken, cluster.CertificatePem, "runai-team-a"));
        var manifest = folder.Write("manifest.json", Manifest);
        Assert.Equal("statefulset.apps/notebook-1 created", await RunAsync(config, "apply", "-f", manifest));
        Assert.Equal("statefulset.apps/notebook-1 unchanged", await RunAsync(config, "apply", "-f", manifest));
        Assert.Equal("notebook-1", (await RunAsync(config, "get", "sts", "--no-headers")).Split(' ')[0]);
        Assert.Equal("statefulset.apps/notebook-1 scaled", await RunAsync(config, "scale", "sts", "notebook-1", "--replicas=0"));
        Assert.Equal("statefulset.apps/notebook-1 patched", await RunAsync(config, "patch", "sts", "notebook-1", "-p", """{"metadata":{"labels":{"a":"b"}}}"""));
        Assert.Contains("Labels:             a=b", await RunAsync(config, "describe", "sts", "notebook-1"), StringComparison.Ordinal);
        Assert.Equal("yes", await RunAsync(config, "auth", "can-i", "create", "jobs", "--as=system:serviceaccount:runai-team-a:workload-gateway"));
        Assert.Equal(3, (await RunAsync(config, "create", "token", "workload-gateway")).Split('.').Length);
        Assert.Equal("statefulset.apps \"notebook-1\" deleted", await RunAsync(config, "delete", "sts", "notebook-1"));
    }

    private static async Task<string> RunAsync(string config, params string[] arguments)
    {
        var start = new ProcessStartInfo("kubectl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["KUBECONFIG"] = config;
        start.Environment["HOME"] = Path.GetDirectoryName(config);
        using var kubectl = Process.Start(start)!;
        var (output, errors) = (kubectl.StandardOutput.ReadToEndAsync(), kubectl.StandardError.ReadToEndAsync());
        await kubectl.WaitForExitAsync();
        Assert.True(kubectl.ExitCode == 0, await errors);
        return (await output).Trim();
    }

    private sealed class TemporaryFolder : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("kubectl-");

        public string Write(string name, string text)
        {
            var path = Path.Combine(folder.FullName, name);
            File.WriteAllText(path, text);
            return path;
        }

        public void Dispose() => folder.Delete(recursive: true);
    }
}

/// <summary>A test that needs kubectl; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KubectlFactAttribute : FactAttribute
{
    public KubectlFactAttribute()
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "kubectl")));
        if (!found) Skip = "kubectl is not here";
    }
}
