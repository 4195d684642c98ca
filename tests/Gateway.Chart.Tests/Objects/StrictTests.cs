using System.Net;
using Gateway.Chart.Tests.Rendering;
using Gateway.Chart.Tests.Setups;
using k8s;
using Xunit;

namespace Gateway.Chart.Tests.Objects;

/// <summary>Whether a cluster takes every rendered object as it is, without a field that it does not know.</summary>
public sealed class StrictTests
{
    // The Prometheus Operator's kinds, which neither the embedded cluster nor the Kubernetes client knows: what their reference says of the fields used here.
    private static readonly string[] OperatorFields =
    [
        "spec.selector.matchLabels", "spec.endpoints.port", "spec.endpoints.path", "spec.endpoints.interval",
        "spec.groups.name", "spec.groups.rules.alert", "spec.groups.rules.expr", "spec.groups.rules.for", "spec.groups.rules.labels", "spec.groups.rules.annotations",
    ];

    [ChartTheory]
    [MemberData(nameof(Setup.All), MemberType = typeof(Setup))]
    public async Task Cluster_AcceptsEveryObject(string setup)
    {
        var chart = await Setup.RenderAsync(setup);
        await using var cluster = await TestCluster.StartAsync();
        await cluster.EnsureNamespacesAsync(chart);
        var created = 0;

        foreach (var item in chart.Objects.OrderBy(item => item.Kind != "Namespace"))
        {
            var (status, answer) = await cluster.CreateAsync(item);
            if (status == HttpStatusCode.Created)
                created++;
            else if (item.ApiVersion == "monitoring.coreos.com/v1")
                Assert.All(FieldPaths.Of(item.Content["spec"]!, "spec"), field => Assert.Contains(OperatorFields, known => field == known || field.StartsWith($"{known}.", StringComparison.Ordinal)));
            else if (status == HttpStatusCode.NotFound)
                Assert.Single(KubernetesYaml.LoadAllFromString(item.Content.ToJsonString(), strict: true));
            else
                Assert.Fail($"{item.Title}: {answer}");
        }

        Assert.True(created > 6);
    }

    [ChartFact]
    public async Task Cluster_RefusesAnObjectWithAnUnknownField()
    {
        await using var cluster = await TestCluster.StartAsync();
        var service = (await Setup.RenderAsync("default")).One("Service");
        service.Content["spec"]!["typpe"] = "ClusterIP";
        service.Content["metadata"]!["namespace"] = "default";

        Assert.Equal(HttpStatusCode.BadRequest, (await cluster.CreateAsync(service)).Status);
    }

    [ChartFact]
    public async Task Client_RefusesAnObjectWithAnUnknownField()
    {
        var deployment = (await Setup.RenderAsync("default")).One("Deployment");
        deployment.PodSpec["nodeSelectors"] = "x";

        Assert.ThrowsAny<Exception>(() => KubernetesYaml.LoadAllFromString(deployment.Content.ToJsonString(), strict: true));
    }
}
