using System.Net.Http.Headers;
using System.Text;
using k8s;
using k8s.Models;

namespace Gateway.Bench.Gateway;

/// <summary>One train in the project team-a, submitted to the gateway, and the same as it is posted to the cluster.</summary>
internal static class Trains
{
    private const string Space = "runai-team-a";

    // No project: the gateway would hear of what is posted there, and do work that no submission asked for.
    private const string Elsewhere = "default";

    private const int Reads = 4;
    private const int Lists = 2;
    private const int PageSize = 20;

    /// <summary>Submits a train.</summary>
    public static HttpRequestMessage Submit(GatewayServer gateway, string token, string name)
    {
        const string Body = """
            {"type": "train", "name": "{name}", "image": "gcr.io/run-ai-demo/quickstart", "user": "jane", "gpu": {"count": 1},
             "command": ["python"], "args": ["train.py", "--epochs", "10"], "env": [{"name": "EPOCHS", "value": "10"}, {"name": "DATA", "value": "/data"}],
             "cpu": {"request": "2"}, "memory": {"request": "8Gi"}, "backoffLimit": 6}
            """;
        return Request(HttpMethod.Post, new(gateway.Process.Address, "/projects/team-a/workloads"), token, Body.Replace("{name}", name, StringComparison.Ordinal));
    }

    /// <summary>Reads one train, or a page of them; <paramref name="rest"/> is what follows the workloads in the path.</summary>
    public static HttpRequestMessage Get(GatewayServer gateway, string token, string rest) => Request(HttpMethod.Get, new(gateway.Process.Address, $"/projects/team-a/workloads{rest}"), token);

    /// <summary>Posts the Job of a train itself, beside the project.</summary>
    public static HttpRequestMessage Post(Uri cluster, string? token, string job, string name) =>
        Request(HttpMethod.Post, new(cluster, $"/apis/batch/v1/namespaces/{Elsewhere}/jobs?fieldManager=bench&fieldValidation=Strict"), token, job.Replace("{name}", name, StringComparison.Ordinal));

    /// <summary>A train from its submission to its deletion: ten requests to the gateway.</summary>
    public static IEnumerable<HttpRequestMessage> Live(GatewayServer gateway, string token, string name)
    {
        var all = new Uri(gateway.Process.Address, "/projects/team-a/workloads");
        var train = new Uri($"{all}/{name}");
        yield return Submit(gateway, token, name);
        for (var reads = 0; reads < Reads; reads++)
            yield return Request(HttpMethod.Get, train, token);
        for (var lists = 0; lists < Lists; lists++)
            yield return Request(HttpMethod.Get, new Uri($"{all}?limit={PageSize}"), token);
        yield return Request(HttpMethod.Post, new Uri($"{train}/suspend"), token);
        yield return Request(HttpMethod.Get, train, token);
        yield return Request(HttpMethod.Delete, train, token);
    }

    /// <summary>The same as requests to the cluster, beside the project.</summary>
    public static IEnumerable<HttpRequestMessage> LiveDirectly(Uri cluster, string token, string job, string name)
    {
        var all = new Uri(cluster, $"/apis/batch/v1/namespaces/{Elsewhere}/jobs");
        var train = new Uri($"{all}/{name}");
        yield return Post(cluster, token, job, name);
        for (var reads = 0; reads < Reads; reads++)
            yield return Request(HttpMethod.Get, train, token);
        for (var lists = 0; lists < Lists; lists++)
            yield return Request(HttpMethod.Get, new Uri($"{all}?limit={PageSize}"), token);
        yield return Request(HttpMethod.Patch, train, token, """{"spec":{"suspend":true}}""", "application/merge-patch+json");
        yield return Request(HttpMethod.Get, train, token);
        yield return Request(HttpMethod.Delete, new Uri($"{train}?propagationPolicy=Background"), token);
    }

    /// <summary>The Job that the gateway made of a train, as it sent it, with <c>{name}</c> for its name.</summary>
    public static async Task<string> JobAsync(GatewayServer gateway, string name)
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

    private static HttpRequestMessage Request(HttpMethod method, Uri address, string? token, string? body = null, string type = "application/json")
    {
        var request = new HttpRequestMessage(method, address) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, type) };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }
}
