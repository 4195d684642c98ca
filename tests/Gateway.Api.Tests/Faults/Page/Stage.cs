using System.Text;
using System.Text.Json.Nodes;
using Gateway.Embedded.Faults;

namespace Gateway.Api.Tests.Faults.Page;

/// <summary>A gateway on a cluster whose time stands still, with an empty project for each trial.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private const int Trials = 80;

    // So many glances at which nothing goes on; more where it may still be the call that has been given up that is held.
    private const int Long = 6;
    private const int Longer = 40;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(0.1);

    private readonly PatientTime _time = new();
    private readonly GatewayHost _gateway;
    private readonly TimeSpan _hold;
    private int _next;

    private Stage(FaultKind kind, bool pods)
    {
        // Longer than a call may take.
        _hold = TimeSpan.FromSeconds(kind == FaultKind.Delay ? 1 : 41);
        _gateway = new()
        {
            Time = _time,
            Embedded = new() { MakesPods = pods, Projects = [.. Enumerable.Range(0, Trials).Select(number => $"p-{number}")] },
            Settings = new() { ["Cluster:CallTimeout"] = "00:00:40", ["RateLimits:Caller:PerSecond"] = "0", ["RateLimits:Project:PerSecond"] = "0" },
        };
    }

    /// <summary>The project of this trial.</summary>
    public string Project { get; private set; } = "";

    public string Space => $"runai-{Project}";

    public k8s.IKubernetes Cluster => _gateway.Cluster;

    public FaultPlan Faults => _gateway.Faults;

    public static async Task<Stage> SetAsync(FaultKind kind, bool pods)
    {
        var stage = new Stage(kind, pods);
        await stage._gateway.InitializeAsync();
        return stage;
    }

    /// <summary>Turns to the next project, of which the gateway knows who may do what, and its account has a token. What went wrong before is forgotten.</summary>
    public async Task NextAsync()
    {
        Project = $"p-{_next++}";
        await PassAsync(TimeSpan.FromSeconds(5));
        await SendAsync(HttpMethod.Post, "?dryRun=true", GatewayHost.Train("a"));
        // A token that was granted just now is not taken for one that has gone bad.
        await PassAsync(TimeSpan.FromSeconds(2));
    }

    /// <summary>Sends a request to the workloads of the project; time goes on until it is answered.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, JsonNode? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, $"/projects/{Project}/workloads{path}");
        request.Headers.Accept.ParseAdd("*/*");
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        var answer = Answer.ReadAsync(_gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
        // Only for those who wait for it: between two of its calls the gateway works, and time stands still.
        var (quiet, givenUp) = (0, false);
        while (await Task.WhenAny(answer, Task.Delay(Glance)) != answer)
        {
            quiet = Faults.Works ? 0 : quiet + 1;
            givenUp &= Faults.Holds;
            if (quiet > 0 && _time.IsWaitedFor)
                _time.Advance(Short);
            else if (Faults.Holds && quiet >= (givenUp ? Longer : Long))
            {
                _time.Advance(_hold);
                (quiet, givenUp) = (0, true);
            }
        }
        return await answer;
    }

    /// <summary>Lets time go on; what the cluster has to do meanwhile it has done.</summary>
    public async Task PassAsync(TimeSpan span)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += TimeSpan.FromSeconds(1))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await _gateway.SettledAsync();
        }
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();
}
