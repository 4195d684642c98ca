using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Gateway.Api.Tests.Workloads;

/// <summary>What the stories ask for, where the operator allows everything: the cluster takes it in strict mode, the pod too.</summary>
public sealed class StoryTests(AllowingGateways gateways) : IClassFixture<AllowingGateways>
{
    private static readonly string Stories = Path.Combine(Repository.Root, "tests", "Gateway.Core.Tests", "Cases");

    public static TheoryData<string> Told => [.. Directory.EnumerateDirectories(Stories).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Told))]
    public async Task Accepts_WhatAStoryAsksFor(string story)
    {
        var submission = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Stories, story, "request.json")))!;
        var gateway = story.StartsWith("kai-", StringComparison.Ordinal) ? gateways.Kai : gateways.RunAi;

        await (await gateway.SubmitAsync(submission, query: "?dryRun=true")).BodyAsync(HttpStatusCode.OK);
    }
}

/// <summary>A gateway for each scheduler, whose operators allow everything.</summary>
public sealed class AllowingGateways : IAsyncLifetime
{
    public GatewayHost RunAi { get; private set; } = null!;

    public GatewayHost Kai { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        (RunAi, Kai) = (Allowing("RunAi"), Allowing("Kai"));
        await RunAi.InitializeAsync();
        await Kai.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await ((IAsyncLifetime)RunAi).DisposeAsync();
        await ((IAsyncLifetime)Kai).DisposeAsync();
    }

    private static GatewayHost Allowing(string dialect) => new()
    {
        Settings = new()
        {
            ["Scheduler:Dialect"] = dialect,
            ["Policy:HostPaths:0"] = "/:rw",
            ["Policy:AllowNfs"] = "true",
            ["Policy:AllowHostNetwork"] = "true",
            ["Policy:AllowHostIpc"] = "true",
            ["Policy:Capabilities:0"] = "IPC_LOCK",
            ["Policy:Capabilities:1"] = "SYS_PTRACE",
            ["Policy:AllowNodePort"] = "true",
            ["Policy:AllowLoadBalancer"] = "true",
            ["Ingress:HostTemplate"] = "{name}-{port}.{project}.example.org",
            ["RateLimits:Caller:PerSecond"] = "0",
            ["RateLimits:Project:PerSecond"] = "0",
            ["Policy:AllowUnconfinedSeccomp"] = "true",
            ["Policy:AllowRoot"] = "true",
        },
    };
}
