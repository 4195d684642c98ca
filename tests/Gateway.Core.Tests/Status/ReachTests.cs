using System.Text.Json;
using Gateway.Core.Manifests;
using Gateway.Core.Scheduling;
using Gateway.Core.Status;
using Gateway.Core.Workloads;
using Xunit;

namespace Gateway.Core.Tests.Status;

/// <summary>What is shown of the caller's marks, and of what was made beside the object: all of it from the object alone.</summary>
public sealed class ReachTests
{
    [Fact]
    public void Marks_AreTheCallersAlone()
    {
        var shown = Show(""" "labels": {"team": "vision"}, "annotations": {"example.org/ticket": "A-1"}, "gpu": {"fraction": 0.5}, "scheduling": {"priorityClass": "train", "nodePool": "a100"} """);

        Assert.Equal([KeyValuePair.Create("team", "vision")], shown.Labels);
        Assert.Equal([KeyValuePair.Create("example.org/ticket", "A-1")], shown.Annotations);
    }

    [Fact]
    public void Claims_AreAllThatAreMountedAndSayWhichStay() => Assert.Equal(
        [new() { Name = "data", Kept = true }, new() { Name = "a-0", Kept = true }, new() { Name = "a-1", Kept = false }],
        Show(
            """
            "volumes": [
              {"mountPath": "/a", "claim": {"name": "data"}}, {"mountPath": "/b", "claim": {"name": "data"}},
              {"mountPath": "/c", "newClaim": {"size": "1Gi"}}, {"mountPath": "/d", "newClaim": {"size": "1Gi", "ephemeral": true}}]
            """).Claims);

    [Theory]
    [InlineData("ClusterIP", "a-exposed.n.svc", null, null)]
    [InlineData("NodePort", null, 30080, null)]
    [InlineData("LoadBalancer", null, null, null)]
    [InlineData("Ingress", "a-80.q.example.org", null, "http://a-80.q.example.org/")]
    public void Endpoints_SayHowEachPortIsReached(string expose, string? host, int? nodePort, string? url)
    {
        var asked = expose == "NodePort" ? """{"port": 80, "nodePort": 30080}, {"port": 81}""" : """{"port": 80}, {"port": 81}""";

        var endpoints = Show($$""" "ports": [{{asked}}], "expose": "{{expose}}" """).Endpoints;

        Assert.Equal([80, 81], endpoints.Select(endpoint => endpoint.Port));
        Assert.Equal(new() { Port = 80, Expose = expose, Host = host, NodePort = nodePort, Url = url }, endpoints[0]);
        Assert.Null(endpoints[1].NodePort);
    }

    [Fact]
    public void Endpoints_OfPortsThatAreNotExposed_AreNone() => Assert.Empty(Show(""" "ports": [{"port": 80}] """).Endpoints);

    private static Workload Show(string fields)
    {
        var submission = JsonSerializer.Deserialize<WorkloadSubmission>($$"""{"type": "train", "name": "a", "image": "busybox", {{fields}}}""", WorkloadJson.Options)!;
        var placement = new Placement { Namespace = "n", Queue = "q", Dialect = SchedulerDialect.RunAi, SubmittedBy = "jane", DefaultUser = "jane" };
        var owner = submission.ToManifest(placement, new() { IngressHost = "{name}-{port}.{project}.example.org" });
        return new ObservedWorkload { Owner = owner }.ToWorkload("q", "");
    }
}
