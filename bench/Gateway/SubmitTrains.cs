using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Gateway.Bench.Measuring;
using Gateway.Embedded;
using k8s;
using k8s.Models;

namespace Gateway.Bench.Gateway;

/// <summary>What the gateway adds to a submission: the same Job is also posted to the cluster itself, and through `kubectl proxy`.</summary>
internal static class SubmitTrains
{
    private const string Space = "runai-team-a";

    public static readonly Scenario One = Of(1, 1_000) with
    {
        Figures = [.. Figures, new("added p50 ms", "N2") { AtMost = 1 }, new("added p99 ms", "N2") { AtMost = 3 }],
    };

    public static readonly Scenario Sixteen = Of(16, 3_000);

    public static readonly Scenario SixtyFour = Of(64, 3_000);

    private static Figure[] Figures =>
    [
        new("submissions/s"),
        new("direct posts/s"),
        new("share of direct", "P0") { AtLeast = 0.85 },
        new("p50 ms", "N2"),
        new("p50 ms, direct", "N2"),
        new("p99 ms", "N2"),
        new("p99 ms, direct", "N2"),
        new("gateway CPU ms", "N3"),
        new("kubectl proxy CPU ms", "N3"),
        new("of kubectl proxy's CPU", "N2") { AtMost = 1 },
        new("cluster calls", "N3") { AtMost = 1.01 },
        new("gateway MB"),
    ];

    private static Scenario Of(int connections, int submissions) => new()
    {
        Name = $"gateway-submit-{connections}",
        Text = $"A caller with a Kubernetes token submits trains over {connections} connection{(connections == 1 ? "" : "s")}, {submissions:N0} a round; in each round as many of the same Jobs are posted to the cluster itself over TLS, "
            + "and through `kubectl proxy`. CPU and calls are those of one submission. The callers and the cluster, which answers faster than a real one, are in one process, and share two cores with the gateway: "
            + "so the share of direct posts says how much of the machine the gateway takes, and less of what it would be on a real cluster.",
        Figures = Figures,
        RunAsync = rounds => RunAsync(rounds, connections, submissions),
    };

    private static async Task RunAsync(Rounds rounds, int connections, int submissions)
    {
        await using var gateway = await GatewayServer.StartAsync(new EmbeddedClusterOptions { MakesPods = false });
        using var proxy = await KubectlProxy.StartAsync(gateway.Kubeconfig);
        var token = await gateway.SubmitterAsync("bench");
        var next = 0;
        using (var first = new Load(1))
            await first.RunAsync(number => number == 0 ? Submit(gateway, token, "seed") : null, HttpStatusCode.Created);
        var job = await JobAsync(gateway, "seed");
        using var load = new Load(connections, gateway.Certificate);
        await rounds.RunAsync(5, async () =>
        {
            var direct = await load.RunAsync(number => number < submissions ? Post(gateway.ClusterOverTls, gateway.Cluster.Token, job, Name(ref next)) : null, HttpStatusCode.Created);
            var (cpu, calls) = (gateway.Process.ProcessorTime, gateway.Reads);
            var through = await load.RunAsync(number => number < submissions ? Submit(gateway, token, Name(ref next)) : null, HttpStatusCode.Created);
            var (spent, called) = ((gateway.Process.ProcessorTime - cpu).TotalMilliseconds / submissions, (gateway.Reads - calls) / (double)submissions);
            var passed = proxy?.ProcessorTime ?? default;
            if (proxy is not null)
                await load.RunAsync(number => number < submissions ? Post(proxy.Address, null, job, Name(ref next)) : null, HttpStatusCode.Created);
            var passing = proxy is null ? double.NaN : (proxy.ProcessorTime - passed).TotalMilliseconds / submissions;
            double[] figures =
            [
                through.PerSecond, direct.PerSecond, through.PerSecond / direct.PerSecond, through.Latencies.Median(), direct.Latencies.Median(), through.Latencies.Percentile(0.99), direct.Latencies.Percentile(0.99),
                spent, passing, spent / passing, called, gateway.Process.Megabytes,
            ];
            return connections > 1 ? figures : [.. figures, figures[3] - figures[4], figures[5] - figures[6]];
        });
    }

    private static string Name(ref int next) => $"train-{Interlocked.Increment(ref next)}";

    private static HttpRequestMessage Submit(GatewayServer gateway, string token, string name)
    {
        const string Body = """
            {"type": "train", "name": "{name}", "image": "gcr.io/run-ai-demo/quickstart", "user": "jane", "gpu": {"count": 1},
             "command": ["python"], "args": ["train.py", "--epochs", "10"], "env": [{"name": "EPOCHS", "value": "10"}, {"name": "DATA", "value": "/data"}],
             "cpu": {"request": "2"}, "memory": {"request": "8Gi"}, "backoffLimit": 6}
            """;
        return Request(new(gateway.Process.Address, "/projects/team-a/workloads"), token, Body.Replace("{name}", name, StringComparison.Ordinal));
    }

    private static HttpRequestMessage Post(Uri cluster, string? token, string job, string name) =>
        Request(new(cluster, $"/apis/batch/v1/namespaces/{Space}/jobs?fieldManager=bench&fieldValidation=Strict"), token, job.Replace("{name}", name, StringComparison.Ordinal));

    private static HttpRequestMessage Request(Uri address, string? token, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    // What the gateway made, as it sent it.
    private static async Task<string> JobAsync(GatewayServer gateway, string name)
    {
        var job = await gateway.Administrator.BatchV1.ReadNamespacedJobAsync(name, Space);
        var made = new V1Job
        {
            ApiVersion = "batch/v1",
            Kind = V1Job.KubeKind,
            Metadata = new() { Name = "{name}", Labels = job.Metadata.Labels, Annotations = job.Metadata.Annotations },
            Spec = job.Spec,
        };
        (made.Spec.Selector, made.Spec.Template.Metadata.Labels) = (null, made.Spec.Template.Metadata.Labels.Where(label => label.Key is not ("job-name" or "controller-uid") && !label.Key.StartsWith("batch.", StringComparison.Ordinal)).ToDictionary());
        return KubernetesJson.Serialize(made);
    }
}
