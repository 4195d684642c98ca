using System.Net;
using Gateway.Api.Tests.Clusters;
using Gateway.Embedded;
using Gateway.Embedded.Hosting;
using Xunit;

namespace Gateway.Api.Tests.Faults;

/// <summary>A gateway that starts before its cluster.</summary>
public sealed class LateClusterTests
{
    [EmbeddedFact("has a cluster of its own")]
    public async Task Gateway_WithoutItsCluster_LivesAndSaysSo_AndIsReadyWhenItComes()
    {
        var (server, kubeconfig) = ($"http://127.0.0.1:{Ports.Free()}", Path.Combine(Path.GetTempPath(), $"gateway-late-{Guid.NewGuid():N}.yaml"));
        await File.WriteAllTextAsync(kubeconfig, Kubeconfig.For(new Uri(server), "admin-token"));
        using var gateway = new GatewayProcess(kubeconfig);
        await gateway.StartAsync(until: "/healthz/live");
        using var http = new HttpClient { BaseAddress = gateway.Address };

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync("/healthz/ready")).StatusCode);
        var refused = await http.GetAsync("/projects/team-a/workloads");
        await refused.ProblemAsync(HttpStatusCode.ServiceUnavailable, "CLUSTER_UNAVAILABLE");
        Assert.NotNull(refused.Headers.RetryAfter);

        await using var cluster = await EmbeddedCluster.StartAsync(new() { Urls = server, MakesPods = false });
        await GatewayHost.UntilAsync(async () => (await http.GetAsync("/healthz/ready")).IsSuccessStatusCode);
        await GatewayHost.UntilAsync(async () => (await http.GetAsync("/projects/team-a/workloads")).IsSuccessStatusCode);
        File.Delete(kubeconfig);
    }
}
