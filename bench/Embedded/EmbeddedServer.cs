using Gateway.Bench.Measuring;

namespace Gateway.Bench.Embedded;

/// <summary>The embedded cluster as a process of its own, its admin, and the jobs that are sent to it.</summary>
internal static class EmbeddedServer
{
    private static readonly byte[] Before = """{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"train-"""u8.ToArray();
    private static readonly byte[] After = """
        ","labels":{"app.kubernetes.io/managed-by":"workload-gateway"},"annotations":{"workload-gateway.io/user":"jane"}},
         "spec":{"backoffLimit":6,"template":{"metadata":{"labels":{"user":"jane"}},
          "spec":{"schedulerName":"runai-scheduler","restartPolicy":"Never","containers":[{"name":"main","image":"gcr.io/run-ai-demo/quickstart",
           "env":[{"name":"EPOCHS","value":"10"}],"resources":{"limits":{"nvidia.com/gpu":1}}}]}}}}
        """u8.ToArray();

    /// <summary>Starts a cluster; without pods, a job stays as it was written.</summary>
    public static Task<MeasuredServer> StartAsync(bool makesPods = false) =>
        MeasuredServer.StartAsync("Gateway.Embedded.dll", "# Serving ", "--urls", "http://127.0.0.1:0", "--makes-pods", makesPods ? "true" : "false");

    public static Uri Jobs(this MeasuredServer server) => new(server.Address, "/apis/batch/v1/namespaces/runai-team-a/jobs");

    public static HttpRequestMessage GetJob(this Uri jobs, int number) => Request(HttpMethod.Get, new Uri($"{jobs}/train-{number}"));

    public static HttpRequestMessage CreateJob(this Uri jobs, int number)
    {
        var request = Request(HttpMethod.Post, jobs);
        request.Content = new ByteArrayContent([.. Before, .. System.Text.Encoding.ASCII.GetBytes($"{number}"), .. After]);
        request.Content.Headers.ContentType = new("application/json");
        return request;
    }

    public static HttpRequestMessage Request(HttpMethod method, Uri address)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer admin-token");
        return request;
    }
}
