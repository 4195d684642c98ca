using System.Diagnostics;
using System.Net;
using Gateway.Api.Tests.Clusters;
using Gateway.Embedded.Faults;
using Xunit;

namespace Gateway.Api.Tests.Pages;

/// <summary>What docs/clients.md shows, run as it stands. The cluster breaks the first attempt after it was carried out, so that each client has to try again.</summary>
public sealed class ClientsPageTests : IAsyncLifetime, IAsyncDisposable
{
    // What Airflow gives an operator, as far as this one uses it.
    private const string Airflow =
        """
        import sys, types
        airflow, models, exceptions = types.ModuleType("airflow"), types.ModuleType("airflow.models"), types.ModuleType("airflow.exceptions")
        class BaseOperator:
            def __init__(self, task_id): self.task_id = task_id
        models.BaseOperator, exceptions.AirflowException = BaseOperator, RuntimeError
        sys.modules.update({"airflow": airflow, "airflow.models": models, "airflow.exceptions": exceptions})
        from operators import WorkloadOperator
        ti = types.SimpleNamespace(dag_id="d", task_id="t", run_id="r", map_index=-1, try_number=1)
        workload = {"type": "train", "image": "busybox"}
        first, lost = (WorkloadOperator(task_id="t", workload=workload) for _ in range(2))
        assert first.execute({"ti": ti}) == lost.execute({"ti": ti})
        ti.try_number = 2
        assert first.execute({"ti": ti}) != lost.name
        first.on_kill()
        print(first.name)
        """;

    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "clients.md"));

    private readonly GatewayHost _gateway = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clients-");

    public async Task InitializeAsync()
    {
        await _gateway.InitializeAsync();
        _gateway.Faults.Add(new Fault { Kind = FaultKind.DropBefore, Verb = "create", Resource = "jobs", Times = GatewayHost.Attempts });
    }

    public async Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        await ((IAsyncLifetime)_gateway).DisposeAsync();
    }

    ValueTask IAsyncDisposable.DisposeAsync() => _gateway.DisposeAsync();

    [ProgramFact("bash", "curl")]
    public async Task Curl_SubmitsOnceAndWaits()
    {
        await RunAsync("bash", "-ec", Block("curl", "bash"));

        await AssertSubmittedAsync("resnet-50");
    }

    [ProgramFact("python3", "python3 -c import requests")]
    public async Task Python_SubmitsOnceAndWaits()
    {
        Save("gateway.py", Block("Python", "python"));

        Assert.Equal("Completed", await RunAsync("python3", "gateway.py"));
        await AssertSubmittedAsync("resnet-51");
    }

    [ProgramFact("python3", "python3 -c import requests")]
    public async Task Airflow_SubmitsEachTryOnce()
    {
        Save("gateway.py", Block("Python", "python"));
        Save("operators.py", Block("Airflow", "python"));
        Save("run.py", Airflow);

        var killed = await RunAsync("python3", "run.py");

        await _gateway.UntilGoneAsync(killed);
        Assert.Equal(1, (int)(await _gateway.GetAsync("/projects/team-a/workloads"))["total"]!);
    }

    [ProgramFact("sh", "curl")]
    public async Task CronJob_SubmitsOnceADay()
    {
        await RunAsync("sh", "-c", Block("A cron job", "sh"));
        await RunAsync("sh", "-c", Block("A cron job", "sh"));

        Assert.Equal(1, (int)(await _gateway.GetAsync("/projects/team-a/workloads"))["total"]!);
    }

    [EmbeddedFact("breaks a call on purpose")]
    public async Task CSharp_SubmitsOnce()
    {
        using var http = new HttpClient { BaseAddress = _gateway.Http.BaseAddress };

        var workload = await new GatewayClient(http, _gateway.AdminToken).SubmitAsync("team-a", "key", GatewayHost.Train("resnet-52"));

        Assert.Equal("resnet-52", (string?)workload["name"]);
        await AssertSubmittedAsync("resnet-52");
    }

    [EmbeddedFact("breaks a call on purpose")]
    public async Task CSharp_OfThePage_IsWhatIsTested()
    {
        var tested = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "tests", "Gateway.Api.Tests", "Pages", "GatewayClient.cs"));
        var lines = tested.Split('\n').Where(line => !line.StartsWith("namespace ", StringComparison.Ordinal) && !line.StartsWith("/// ", StringComparison.Ordinal));

        Assert.Equal(Block("C#", "csharp").Replace("\n\n", "\n", StringComparison.Ordinal), string.Join('\n', lines).Replace("\n\n\n", "\n", StringComparison.Ordinal).Replace("\n\n", "\n", StringComparison.Ordinal));
    }

    private static string Block(string heading, string language) => Page.Split($"\n## {heading}\n")[1].Split($"```{language}\n")[1].Split("```")[0];

    private void Save(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);

    private async Task AssertSubmittedAsync(string name)
    {
        Assert.Equal(1, (int)(await _gateway.GetAsync("/projects/team-a/workloads"))["total"]!);
        Assert.Equal(HttpStatusCode.OK, (await _gateway.Http.GetAsync($"/projects/team-a/workloads/{name}")).StatusCode);
    }

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["GATEWAY"], start.Environment["TOKEN"]) = (_gateway.Http.BaseAddress!.ToString().TrimEnd('/'), _gateway.AdminToken);
        using var process = Process.Start(start)!;
        var (said, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return (await said).Trim();
    }
}
