using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Gateway.Bench.Measuring;

namespace Gateway.Bench.Gateway;

/// <summary>How long pages of lists take with many workloads in many projects, and what they take of memory and of the cluster.</summary>
internal static class ListPages
{
    private const int Projects = 1_000;
    private const int Each = 100;
    private const int Pages = 5_000;
    private const int Connections = 4;

    private static readonly string[] Queries = ["", "?sort=name&limit=20", "?sort=-name&phase=Creating", "?type=train&search=-1", "?limit=500&sort=phase", "?labelSelector=team%3Dvision"];

    public static readonly Scenario Scenario = new()
    {
        Name = "gateway-lists",
        Text = $"{Projects:N0} projects with {Each} trains each, all watched. {Pages:N0} pages a round are read over {Connections} connections, of projects and with filters and orders taken in turn. "
            + "The cluster is in the process of the callers, makes no pods, and shares two cores with the gateway.",
        Figures =
        [
            new("pages/s"),
            new("p50 ms", "N1"),
            new("p99 ms", "N1") { AtMost = 50 },
            new("gateway MB") { AtMost = 200 + (Projects * Each * 1024 / 1e6) },
            new("calls to the cluster's projects") { AtMost = 0 },
        ],
        RunAsync = RunAsync,
    };

    private static async Task RunAsync(Rounds rounds)
    {
        var names = Enumerable.Range(0, Projects).Select(i => $"p-{i}").ToArray();
        await using var gateway = await GatewayServer.StartOpenAsync(new() { Projects = names, MakesPods = false });
        var (cluster, token) = gateway.Cluster;
        using var load = new Load(Connections);
        await load.RunAsync(number => number < Projects * Each ? Create(cluster, token, names[number % Projects], number) : null, HttpStatusCode.Created);
        await load.RunAsync(number => number < Projects ? Page(gateway, names[number], "") : null, HttpStatusCode.OK);
        // What the watches of all projects bring at first.
        await Task.Delay(TimeSpan.FromSeconds(5));
        await rounds.RunAsync(5, async () =>
        {
            var before = gateway.Reads;
            var result = await load.RunAsync(number => number < Pages ? Page(gateway, names[number * 7 % Projects], Queries[number % Queries.Length]) : null, HttpStatusCode.OK);
            return [result.PerSecond, result.Latencies.Median(), result.Latencies.Percentile(0.99), gateway.Process.Megabytes, gateway.Reads - before];
        });
    }

    private static HttpRequestMessage Page(GatewayServer gateway, string project, string query) =>
        new(HttpMethod.Get, new Uri(gateway.Process.Address, $"/projects/{project}/workloads{query}"));

    /// <summary>The request that makes a train of a project behind the gateway's back.</summary>
    internal static HttpRequestMessage Create(Uri cluster, string token, string project, int number)
    {
        var job = $$$"""
            {
              "apiVersion": "batch/v1", "kind": "Job",
              "metadata": {
                "name": "train-{{{number}}}",
                "labels": {"app.kubernetes.io/managed-by": "workload-gateway", "team": "vision"},
                "annotations": {"workload-gateway.io/user": "jane", "workload-gateway.io/submitted-by": "oidc:jane@example.org", "workload-gateway.io/fingerprint": "1:{{{new string('0', 64)}}}"}
              },
              "spec": {"template": {"metadata": {"labels": {"user": "jane"}}, "spec": {
                "schedulerName": "runai-scheduler", "restartPolicy": "Never",
                "containers": [{"name": "train-{{{number}}}", "image": "registry.example.org/team/trainer:1.4.2", "args": ["--epochs", "10"], "resources": {"limits": {"nvidia.com/gpu": "1"} } }]
              } } }
            }
            """;
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(cluster, $"/apis/batch/v1/namespaces/runai-{project}/jobs")) { Content = new StringContent(job, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }
}
