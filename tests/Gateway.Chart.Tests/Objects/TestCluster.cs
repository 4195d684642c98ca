using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Chart.Tests.Rendering;
using Gateway.Embedded;
using Gateway.Embedded.Hosting;

namespace Gateway.Chart.Tests.Objects;

/// <summary>An embedded cluster of one test's own, and its administrator.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly EmbeddedCluster cluster;
    private readonly HttpClient http;

    private TestCluster(EmbeddedCluster cluster)
    {
        this.cluster = cluster;
        http = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator }) { BaseAddress = cluster.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", cluster.AdminToken);
    }

    public static async Task<TestCluster> StartAsync() =>
        new(await EmbeddedCluster.StartAsync(new EmbeddedClusterOptions { Urls = "https://127.0.0.1:0", Projects = [], MakesPods = false }));

    /// <summary>A kubeconfig for the administrator.</summary>
    public string Config => Kubeconfig.For(cluster.Address, cluster.AdminToken, cluster.CertificatePem);

    /// <summary>Makes the namespaces that the objects are in and that are not among them.</summary>
    public async Task EnsureNamespacesAsync(RenderedChart chart)
    {
        var made = chart.Of("Namespace").Select(item => item.Name);
        foreach (var name in chart.Objects.Select(item => item.Namespace).OfType<string>().Distinct().Except(made))
            await CreateNamespaceAsync(name);
    }

    /// <summary>Makes a namespace, unless the cluster began with it.</summary>
    public async Task CreateNamespaceAsync(string name)
    {
        var (status, answer) = await CreateAsync(new(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name } }));
        if (status is not (HttpStatusCode.Created or HttpStatusCode.Conflict))
            throw new InvalidOperationException(answer);
    }

    /// <summary>Creates an object in strict mode; 404 where the cluster does not serve its kind.</summary>
    public async Task<(HttpStatusCode Status, string Answer)> CreateAsync(RenderedObject item)
    {
        var api = item.ApiVersion.Contains('/', StringComparison.Ordinal) ? $"/apis/{item.ApiVersion}" : $"/api/{item.ApiVersion}";
        if (await PluralAsync(api, item.Kind) is not { } plural)
            return (HttpStatusCode.NotFound, "");
        var path = item.Namespace is { } space ? $"{api}/namespaces/{space}/{plural}" : $"{api}/{plural}";
        using var body = new StringContent(item.Content.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri($"{path}?fieldValidation=Strict", UriKind.Relative), body);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The object at a path.</summary>
    public async Task<RenderedObject> ReadAsync(string path) => new((await http.GetFromJsonAsync<JsonObject>(new Uri(path, UriKind.Relative)))!);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await cluster.DisposeAsync();
    }

    private async Task<string?> PluralAsync(string api, string kind)
    {
        using var answer = await http.GetAsync(new Uri(api, UriKind.Relative));
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        var resources = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["resources"]!.AsArray();
        return (string?)resources.FirstOrDefault(resource => (string?)resource!["kind"] == kind && !((string)resource["name"]!).Contains('/', StringComparison.Ordinal))?["name"];
    }
}
