using System.Text.Json.Nodes;
using Gateway.Chart.Tests.Rendering;
using Gateway.Chart.Tests.Setups;
using NJsonSchema;
using NJsonSchema.Validation;
using Xunit;

namespace Gateway.Chart.Tests.Values;

/// <summary>What values.schema.json lets through. Helm checks values against it; a renderer need not.</summary>
public sealed class SchemaTests
{
    private static readonly string[] FreeMaps =
    [
        "settings.Authentication", "settings.Projects", "settings.Scheduler", "resources.requests", "resources.limits", "nodeSelector", "affinity", "podAnnotations",
        "podLabels", "podSecurityContext", "podSecurityContext.seccompProfile", "serviceAccount.annotations", "service.annotations", "ingress.annotations",
        "serviceMonitor.labels", "prometheusRule.labels", "dashboards.labels",
    ];

    [Fact]
    public async Task Accepts_TheDefaults() => Assert.Empty(await ErrorsAsync(DefaultValues.Read()));

    [Theory]
    [MemberData(nameof(Setup.All), MemberType = typeof(Setup))]
    public async Task Accepts_Setup(string setup) => Assert.Empty(await ErrorsAsync(Setup.Values(setup)));

    [Theory]
    [InlineData("settings: {Serilog: {MinimumLevel: {Override: {Microsoft.AspNetCore: Warning}}}}")]
    [InlineData("settings: {Authentication: {Mode: 'Oidc,Kubernetes'}}")]
    [InlineData("podDisruptionBudget: {maxUnavailable: 2}")]
    [InlineData("ingress: {host: '*.example.org'}")]
    [InlineData("global: {region: eu}")]
    public async Task Accepts_Value(string values) => Assert.Empty(await ErrorsAsync(values));

    [Theory]
    [InlineData("replicas: two", "#/replicas")]
    [InlineData("replicas: -1", "#/replicas")]
    [InlineData("image: {tag: 'a b'}", "#/image.tag")]
    [InlineData("image: {digest: 'sha256:12'}", "#/image.digest")]
    [InlineData("image: {pullPolicy: Sometimes}", "#/image.pullPolicy")]
    [InlineData("imagePullSecrets: [registry]", "#/imagePullSecrets[0]")]
    [InlineData("fullnameOverride: Gateway", "#/fullnameOverride")]
    [InlineData("settings: {Cluster: {Mode: Embedded}}", "#/settings.Cluster.Mode")]
    [InlineData("settings: {Scheduler: {Dialect: Slurm}}", "#/settings.Scheduler.Dialect")]
    [InlineData("settings: {Authentication: {Mode: Kubernetes;Oidc}}", "#/settings.Authentication.Mode")]
    [InlineData("settings: {Authentication: {Mode: Basic}}", "#/settings.Authentication.Mode")]
    [InlineData("settings: {Server: {PathBase: gateway}}", "#/settings.Server.PathBase")]
    [InlineData("settings: {'Server:PathBase': /gateway}", "#/settings.Server:PathBase")]
    [InlineData("settingsSecrets: gateway", "#/settingsSecrets")]
    [InlineData("projects: [{name: team-a}]", "#/projects[0].namespace")]
    [InlineData("projects: [{name: team-a, namespace: Team_A}]", "#/projects[0].namespace")]
    [InlineData("projects: [{name: team-a, namespace: a, creatNamespace: true}]", "#/projects[0].creatNamespace")]
    [InlineData("podDisruptionBudget: {maxUnavailable: half}", "#/podDisruptionBudget.maxUnavailable")]
    [InlineData("topologySpread: {whenUnsatisfiable: Ignore}", "#/topologySpread.whenUnsatisfiable")]
    [InlineData("service: {port: 70000}", "#/service.port")]
    [InlineData("service: {type: ExternalName}", "#/service.type")]
    [InlineData("ingress: {host: 'https://gateway.example.org'}", "#/ingress.host")]
    [InlineData("serviceMonitor: {interval: often}", "#/serviceMonitor.interval")]
    [InlineData("test: {phases: []}", "#/test.phases")]
    public async Task Rejects_Value(string values, string path) => Assert.Contains(path, await ErrorsAsync(values));

    [Fact]
    public async Task Rejects_AMisspeltValueInEverySection()
    {
        foreach (var section in DefaultValues.Sections(DefaultValues.Read()).Except(FreeMaps).Append(""))
        {
            var values = DefaultValues.Read();
            section.Split('.', StringSplitOptions.RemoveEmptyEntries).Aggregate(values, (node, key) => (JsonObject)node[key]!)["mis-spelt"] = "x";
            Assert.Contains($"#/{section}{(section == "" ? "" : ".")}mis-spelt", await ErrorsAsync(values));
        }
    }

    private static Task<string[]> ErrorsAsync(string values) => ErrorsAsync((JsonObject)Yaml.Documents(values).Single());

    private static async Task<string[]> ErrorsAsync(JsonObject values)
    {
        var schema = await JsonSchema.FromJsonAsync(await File.ReadAllTextAsync(Path.Combine(Repository.Chart, "values.schema.json")));
        return [.. schema.Validate(values.ToJsonString()).SelectMany(Leaves).Select(error => error.Path ?? "")];
    }

    private static IEnumerable<ValidationError> Leaves(ValidationError error) =>
        error is ChildSchemaValidationError child ? child.Errors.Values.SelectMany(errors => errors).SelectMany(Leaves).Prepend(error) : [error];
}
