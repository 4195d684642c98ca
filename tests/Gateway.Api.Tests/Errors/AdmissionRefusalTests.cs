using System.Net;
using System.Text.Json.Nodes;
using Gateway.Api.Errors.Admission;
using Gateway.Api.Tests.Clusters;
using Gateway.Embedded.Faults;
using Xunit;

namespace Gateway.Api.Tests.Errors;

/// <summary>What the cluster's admission refuses, in the caller's words.</summary>
public sealed class AdmissionRefusalTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    public static IEnumerable<object?[]> Cases => AdmissionCases.All;

    [EmbeddedTheory("refuses in words of the test's own")]
    [MemberData(nameof(Cases))]
    public async Task Refusal_OfThePod_IsInTheCallersWords(string name, int refused, string? reason, string message, int status, string code, bool retryable, string errors)
    {
        var submission = GatewayHost.Train("a");
        submission["cpu"] = new JsonObject { ["request"] = "1", ["limit"] = "2" };
        submission["memory"] = new JsonObject { ["limit"] = "1Gi" };
        gateway.Faults.Add(new Fault { Kind = FaultKind.Refusal, Verb = "create", Resource = "pods", Code = refused, Reason = reason, Message = message });

        var answer = await gateway.SubmitAsync(submission, query: "?dryRun=true");

        gateway.Faults.Clear();
        var problem = await answer.ProblemAsync((HttpStatusCode)status, code);
        Assert.Equal((name, retryable), (name, (bool)problem["retryable"]!));
        Assert.Equal("none", (string?)problem["outcome"]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(errors), problem["errors"] ?? new JsonObject()), problem.ToJsonString());
        Assert.DoesNotContain("dry-run-", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [EmbeddedFact("refuses in words of the test's own")]
    public async Task Refusal_OfAJob_ByAWebhookThatDoesNotAnswer_StoresNothing()
    {
        gateway.Faults.Add(new Fault { Kind = FaultKind.Refusal, Verb = "create", Resource = "jobs", Code = 500, Reason = "InternalError", Message = "Internal error occurred: failed calling webhook \"w\": no route to host" });

        var answer = await gateway.SubmitAsync(GatewayHost.Train("b"));

        gateway.Faults.Clear();
        var problem = await answer.ProblemAsync(HttpStatusCode.ServiceUnavailable, "CLUSTER_UNAVAILABLE");
        Assert.Equal("none", (string?)problem["outcome"]);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [EmbeddedFact("refuses in words of the test's own")]
    public async Task Refusal_OfAJob_ByAdmission_IsNoMissingRight()
    {
        gateway.Faults.Add(new Fault { Kind = FaultKind.Refusal, Verb = "create", Resource = "jobs", Message = "jobs.batch \"c\" is forbidden: the moon is not full" });

        var answer = await gateway.SubmitAsync(GatewayHost.Train("c"));

        gateway.Faults.Clear();
        Assert.Equal("The cluster refuses it: the moon is not full", (string?)(await answer.ProblemAsync(HttpStatusCode.Forbidden, "POLICY_DENIED"))["detail"]);
    }

    [Fact]
    public void Table_HasACaseForEachRow()
    {
        var said = AdmissionCases.All.Select(row => (string)row[3]!).Select(message => AdmissionRefusals.Why(new(message))).ToArray();

        var met = said.Select(why => AdmissionRefusals.All.FirstOrDefault(row => row.Of(why, path: null) is not null)).ToHashSet();

        Assert.All(AdmissionRefusals.All, row => Assert.True(met.Contains(row), row.Plugin));
    }
}
