using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Gateway.Api.Tests.Clusters;

/// <summary>A control plane of etcd and kube-apiserver alone, for the life of the tests: objects are kept and checked, and nothing runs.</summary>
internal sealed class ControlPlane(string programs)
{
    private readonly string _folder = Directory.CreateTempSubdirectory("control-plane-").FullName;
    private readonly string _token = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    private readonly List<Process> _processes = [];

    /// <summary>Starts it; the answer is the path of its administrator's kubeconfig.</summary>
    public static async Task<string> StartAsync(string programs)
    {
        var started = new ControlPlane(programs);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => started.Stop();
        return await started.StartAsync();
    }

    // The flags are those with which controller-runtime's envtest starts the same two programs.
    private async Task<string> StartAsync()
    {
        var (store, port) = ($"http://127.0.0.1:{Ports.Free()}", Ports.Free());
        var address = $"https://127.0.0.1:{port}";
        using (var key = RSA.Create(2048))
        {
            await File.WriteAllTextAsync(At("accounts.key"), key.ExportRSAPrivateKeyPem());
            await File.WriteAllTextAsync(At("accounts.pub"), key.ExportSubjectPublicKeyInfoPem());
        }
        await File.WriteAllTextAsync(At("tokens.csv"), $"{_token},administrator,administrator,system:masters\n");
        Run("etcd", $"--data-dir={At("etcd")}", $"--listen-client-urls={store}", $"--advertise-client-urls={store}", "--listen-peer-urls=http://127.0.0.1:0", "--unsafe-no-fsync");
        Run(
            "kube-apiserver", $"--etcd-servers={store}", $"--secure-port={port}", "--bind-address=127.0.0.1", "--advertise-address=127.0.0.1", $"--cert-dir={At("certificates")}",
            "--service-cluster-ip-range=10.0.0.0/24", "--allow-privileged=true", "--authorization-mode=RBAC", "--disable-admission-plugins=ServiceAccount", $"--token-auth-file={At("tokens.csv")}",
            $"--service-account-issuer={address}/", $"--service-account-key-file={At("accounts.pub")}", $"--service-account-signing-key-file={At("accounts.key")}");
        await UntilReadyAsync(address);
        await File.WriteAllTextAsync(At("kubeconfig"), Kubeconfig(address));
        return At("kubeconfig");
    }

    private async Task UntilReadyAsync(string address)
    {
        using var http = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        for (var end = Stopwatch.StartNew(); !await IsReadyAsync(http, address); await Task.Delay(200))
        {
            if (end.Elapsed > TimeSpan.FromMinutes(1) || _processes.Any(process => process.HasExited))
                throw new InvalidOperationException($"The control plane of {programs} does not start; what it said is in {_folder}.");
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, string address)
    {
        try
        {
            return (await http.GetAsync(new Uri($"{address}/readyz"))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(programs, program), arguments) { RedirectStandardError = true };
        var (process, said) = (Process.Start(start)!, new StreamWriter(At($"{program}.log")) { AutoFlush = true });
        process.ErrorDataReceived += (_, line) => said.WriteLine(line.Data);
        process.BeginErrorReadLine();
        _processes.Add(process);
    }

    private void Stop()
    {
        // The test runner waits a tenth of a second for this: first what matters.
        _processes.ForEach(process => process.Kill());
        _processes.ForEach(process => process.WaitForExit());
        Directory.Delete(_folder, recursive: true);
    }

    private string Kubeconfig(string address) =>
        $$"""
        apiVersion: v1
        kind: Config
        current-context: tests
        contexts: [{name: tests, context: {cluster: tests, user: administrator} }]
        clusters: [{name: tests, cluster: {server: "{{address}}", insecure-skip-tls-verify: true} }]
        users: [{name: administrator, user: {token: "{{_token}}"} }]
        """;

    private string At(string name) => Path.Combine(_folder, name);
}
