using System.Net;
using Xunit;

namespace Gateway.Api.Tests.Workloads;

/// <summary>What the scheduler or the cluster would refuse or silently ignore, and what they take.</summary>
public sealed class SchedulingRulesTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Theory]
    [InlineData("""{"priorityClass": "-"}""", "priorityClass", "a label value")]
    [InlineData("""{"nodePool": ""}""", "nodePool", "a label value")]
    [InlineData("""{"nodeType": "a b"}""", "nodeType", "a label value")]
    [InlineData("""{"nodeSelector": {"a b": "c"}}""", "nodeSelector", "a b is none")]
    [InlineData("""{"nodeSelector": {"a": "b c"}}""", "nodeSelector", "that of a is none")]
    [InlineData("""{"nodeSelector": {"a": null}}""", "nodeSelector", "that of a is none")]
    [InlineData("""{"nodeType": "dgx", "nodeSelector": {"run.ai/type": "hgx"}}""", "nodeSelector", "nodeType says")]
    [InlineData("""{"nodeAffinity": {}}""", "nodeAffinity", "required or preferred")]
    [InlineData("""{"nodeAffinity": {"required": [null]}}""", "nodeAffinity.required[0]", "null")]
    [InlineData("""{"nodeAffinity": {"required": [{}]}}""", "nodeAffinity.required[0].matchExpressions", "one or more")]
    [InlineData("""{"nodeAffinity": {"required": [{"matchExpressions": [{"operator": "Exists"}]}]}}""", "nodeAffinity.required[0].matchExpressions[0].key", "is required")]
    [InlineData("""{"nodeAffinity": {"required": [{"matchExpressions": [{"key": "a"}]}]}}""", "nodeAffinity.required[0].matchExpressions[0].operator", "is required")]
    [InlineData("""{"nodeAffinity": {"required": [{"matchExpressions": [{"key": "a", "operator": "in"}]}]}}""", "nodeAffinity.required[0].matchExpressions[0].operator", "In or NotIn")]
    [InlineData("""{"nodeAffinity": {"required": [{"matchExpressions": [{"key": "a", "operator": "In"}]}]}}""", "nodeAffinity.required[0].matchExpressions[0].values", "one or more")]
    [InlineData("""{"nodeAffinity": {"required": [{"matchExpressions": [{"key": "a", "operator": "In", "values": [null]}]}]}}""", "nodeAffinity.required[0].matchExpressions[0].values[0]", "null")]
    [InlineData("""{"nodeAffinity": {"required": [{"matchExpressions": [{"key": "a", "operator": "NotIn", "values": ["b c"]}]}]}}""", "nodeAffinity.required[0].matchExpressions[0].values[0]", "a label value")]
    [InlineData("""{"nodeAffinity": {"required": [{"matchExpressions": [{"key": "a", "operator": "Exists", "values": ["b"]}]}]}}""", "nodeAffinity.required[0].matchExpressions[0].values", "left out")]
    [InlineData("""{"nodeAffinity": {"required": [{"matchExpressions": [{"key": "a", "operator": "Gt", "values": ["many"]}]}]}}""", "nodeAffinity.required[0].matchExpressions[0].values", "whole number")]
    [InlineData("""{"nodeAffinity": {"required": [{"matchExpressions": [{"key": "a", "operator": "Lt", "values": ["1", "2"]}]}]}}""", "nodeAffinity.required[0].matchExpressions[0].values", "whole number")]
    [InlineData("""{"nodeAffinity": {"preferred": [{"preference": {"matchExpressions": [{"key": "a", "operator": "Exists"}]}}]}}""", "nodeAffinity.preferred[0].weight", "is required")]
    [InlineData("""{"nodeAffinity": {"preferred": [{"weight": 101, "preference": {"matchExpressions": [{"key": "a", "operator": "Exists"}]}}]}}""", "nodeAffinity.preferred[0].weight", "1 to 100")]
    [InlineData("""{"nodeAffinity": {"preferred": [{"weight": 1}]}}""", "nodeAffinity.preferred[0].preference", "is required")]
    [InlineData("""{"podAffinity": {}}""", "podAffinity", "exactly one")]
    [InlineData("""{"podAffinity": {"required": "a", "preferred": "b"}}""", "podAffinity", "exactly one")]
    [InlineData("""{"podAffinity": {"required": ""}}""", "podAffinity.required", "a label key")]
    [InlineData("""{"podAffinity": {"preferred": "a b"}}""", "podAffinity.preferred", "a label key")]
    [InlineData("""{"tolerations": [null]}""", "tolerations[0]", "null")]
    [InlineData("""{"tolerations": [{}]}""", "tolerations[0].key", "unless operator is Exists")]
    [InlineData("""{"tolerations": [{"key": "a b"}]}""", "tolerations[0].key", "a label key")]
    [InlineData("""{"tolerations": [{"key": "a", "operator": "exists"}]}""", "tolerations[0].operator", "Equal or Exists")]
    [InlineData("""{"tolerations": [{"key": "a", "value": "b c"}]}""", "tolerations[0].value", "a label value")]
    [InlineData("""{"tolerations": [{"key": "a", "operator": "Exists", "value": "b"}]}""", "tolerations[0].value", "left out")]
    [InlineData("""{"tolerations": [{"key": "a", "effect": "Any"}]}""", "tolerations[0].effect", "NoSchedule or")]
    [InlineData("""{"tolerations": [{"key": "a", "effect": "NoSchedule", "tolerationSeconds": 5}]}""", "tolerations[0].tolerationSeconds", "NoExecute")]
    [InlineData("""{"topology": {"required": "zone"}}""", "topology.name", "is required")]
    [InlineData("""{"topology": {"name": "A", "required": "zone"}}""", "topology.name", "the name of a topology")]
    [InlineData("""{"topology": {"name": "a"}}""", "topology", "required or preferred")]
    [InlineData("""{"topology": {"name": "a", "required": ""}}""", "topology.required", "a label key")]
    public async Task Rejects_SchedulingThatCanNotHold(string scheduling, string path, string words)
    {
        var problem = await (await TryAsync($"\"scheduling\": {scheduling}")).ProblemAsync(HttpStatusCode.UnprocessableEntity, "INVALID_WORKLOAD");

        Assert.Contains(words, problem["errors"]![$"scheduling.{path}"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"priorityClass": "medium-high", "preemptible": false, "nodePool": "A100_80.gb", "nodeType": "dgx"}""")]
    [InlineData("""{"nodeSelector": {"a": "", "b.example.org/c": "D"}}""")]
    [InlineData("""{"nodeAffinity": {"required": [{"matchExpressions": [{"key": "a", "operator": "In", "values": ["", "b"]}]}]}}""")]
    [InlineData("""{"nodeAffinity": {"required": [{"matchExpressions": [{"key": "a", "operator": "Gt", "values": ["0"]}, {"key": "b", "operator": "DoesNotExist"}]}]}}""")]
    [InlineData("""{"nodeAffinity": {"preferred": [{"weight": 100, "preference": {"matchExpressions": [{"key": "a", "operator": "Exists"}]}}]}}""")]
    [InlineData("""{"podAffinity": {"required": "kubernetes.io/hostname"}}""")]
    [InlineData("""{"tolerations": [{"operator": "Exists"}, {"key": "", "operator": "Exists"}, {"key": "a", "operator": "", "value": "", "effect": ""}]}""")]
    [InlineData("""{"tolerations": [{"key": "a", "effect": "NoExecute", "tolerationSeconds": -1}]}""")]
    [InlineData("""{"topology": {"name": "a.b", "required": "zone", "preferred": "rack"}}""")]
    public async Task Accepts_SchedulingThatHolds(string scheduling)
    {
        await (await TryAsync($"\"scheduling\": {scheduling}")).BodyAsync(HttpStatusCode.OK);
        await (await TryAsync($"\"scheduling\": {scheduling}", type: "build")).BodyAsync(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("train", 0, "1 or more")]
    [InlineData("build", 1, "trains only")]
    public async Task Rejects_MinMembersThatCanNotHold(string type, int minMembers, string words)
    {
        var problem = await (await TryAsync($"\"minMembers\": {minMembers}", type)).ProblemAsync(HttpStatusCode.UnprocessableEntity, "INVALID_WORKLOAD");

        Assert.Contains(words, problem["errors"]!["minMembers"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accepts_MinMembersOfATrain() => await (await TryAsync("\"minMembers\": 1")).BodyAsync(HttpStatusCode.OK);

    [Theory]
    [InlineData("""{"nodeSelector": {"a": 1}}""", "scheduling.nodeSelector.a", "a string")]
    [InlineData("""{"nodeSelector": {"a.b/c": 1}}""", "scheduling.nodeSelector['a.b/c']", "a string")]
    [InlineData("""{"nodeSelector": []}""", "scheduling.nodeSelector", "an object")]
    [InlineData("""{"tolerations": {}}""", "scheduling.tolerations", "an array")]
    [InlineData("""{"preemptible": "yes"}""", "scheduling.preemptible", "true or false")]
    [InlineData("""{"queue": "other"}""", "scheduling.queue", "not a field")]
    public async Task Rejects_SchedulingThatCanNotBeRead(string scheduling, string path, string words)
    {
        var problem = await (await TryAsync($"\"scheduling\": {scheduling}")).ProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");

        Assert.Contains(words, problem["errors"]![path]!.ToJsonString(), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> TryAsync(string members, string type = "train") =>
        gateway.SubmitTextAsync($$"""{"type": "{{type}}", "name": "a", "image": "busybox", {{members}}}""", query: "?dryRun=true");
}
