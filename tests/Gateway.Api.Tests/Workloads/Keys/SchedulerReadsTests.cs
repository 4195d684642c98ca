using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Gateway.Api.Tests.Workloads.Keys;

/// <summary>What the scheduler's source reads, against what the gateway refuses, with each scheduler.</summary>
public sealed class SchedulerReadsTests(GatewayHost runAi, KaiGateway kai)
    : IClassFixture<GatewayHost>, IClassFixture<KaiGateway>
{
    private static readonly string List =
        Path.Combine(Repository.Root, "tests", "Gateway.Api.Tests", "Workloads", "Keys", "SchedulerReads.txt");

    public static TheoryData<string, string> Reads
    {
        get
        {
            var reads = new TheoryData<string, string>();
            foreach (var line in File.ReadLines(List).Where(line => !line.StartsWith('#')))
            {
                var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                reads.Add(columns[0] == "label" ? "labels" : "annotations", columns[1]);
            }
            return reads;
        }
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task Rejects_WhatTheSchedulerReads(string field, string entry)
    {
        var (key, value) = entry.Split('=') is [var name, var given] ? (name, given) : (entry, "1");
        foreach (var gateway in (GatewayHost[])[runAi, kai.Host])
        {
            foreach (var submission in (JsonObject[])[GatewayHost.Train("a"), GatewayHost.Build("a")])
            {
                submission[field] = new JsonObject { [key] = value };

                var answer = await gateway.SubmitAsync(submission, query: "?dryRun=true");

                var problem = await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, "INVALID_WORKLOAD");
                Assert.Contains("reserved", problem["errors"]![field]!.ToJsonString(), StringComparison.Ordinal);
            }
        }
    }
}
