using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Core.Manifests;
using Gateway.Core.Scheduling;
using Gateway.Core.Status;
using Gateway.Core.Workloads;
using k8s.Models;
using Xunit;

namespace Gateway.Core.Tests.Scheduling;

public sealed class SchedulingViewTests
{
    private const string Everything =
        """
        {"priorityClass": "build", "preemptible": false, "nodePool": "a100", "nodeType": "dgx", "nodeSelector": {"disk": "ssd"},
         "nodeAffinity": {"required": [{"matchExpressions": [{"key": "gpu", "operator": "In", "values": ["A100"]}, {"key": "old", "operator": "DoesNotExist"}]}],
                          "preferred": [{"weight": 7, "preference": {"matchExpressions": [{"key": "rack", "operator": "Exists"}]}}]},
         "podAffinity": {"preferred": "rack"}, "tolerations": [{"key": "spot", "operator": "Equal", "value": "yes", "effect": "NoExecute", "tolerationSeconds": 5}],
         "topology": {"name": "cluster", "required": "zone", "preferred": "rack"}}
        """;

    // Each field alone, and all together.
    public static TheoryData<string> Wishes =>
    [
        Everything,
        """{"podAffinity": {"required": "zone"}}""",
        .. JsonNode.Parse(Everything)!.AsObject().Select(member => new JsonObject { [member.Key] = member.Value!.DeepClone() }.ToJsonString()),
    ];

    [Theory]
    [MemberData(nameof(Wishes))]
    public void Scheduling_OfWhatWasSubmitted_IsShownAsItWasAskedFor(string wish)
    {
        var asked = JsonSerializer.Deserialize<SchedulingRequest>(wish, WorkloadJson.Options)!;

        Assert.All(WorkloadType.All, type => Assert.All([SchedulerDialect.RunAi, SchedulerDialect.Kai], dialect =>
            Assert.Equal(Text(asked), Text(Shown(new() { Type = type, Name = "a", Image = "busybox", Scheduling = asked }, dialect)))));
    }

    [Theory]
    [InlineData("train")]
    [InlineData("build")]
    public void Scheduling_WhereNothingWasAskedFor_IsAbsent(string type) =>
        Assert.Null(Shown(new() { Type = type, Name = "a", Image = "busybox" }, SchedulerDialect.Kai));

    [Fact]
    public void Scheduling_OfAnObjectMadeByHand_IsReadFromThePodToo()
    {
        var template = new V1PodTemplateSpec
        {
            Metadata = new() { Labels = new Dictionary<string, string> { ["kai.scheduler/preemptibility"] = "preemptible" } },
            Spec = new() { PriorityClassName = "build", Containers = [new()] },
        };
        var owner = new V1ObjectMeta { Name = "a", Labels = new Dictionary<string, string> { ["runai/node-pool"] = "a100" } };

        var shown = template.ToSchedulingRequest(owner, "release", SchedulerDialect.RunAi)!;

        Assert.Equal(("build", true, "a100"), (shown.PriorityClass, shown.Preemptible, shown.NodePool));
    }

    [Fact]
    public void Scheduling_ThatASubmissionCanNotSay_IsLeftOut()
    {
        var template = new V1PodTemplateSpec
        {
            Spec = new()
            {
                Containers = [new()],
                Affinity = new()
                {
                    NodeAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = new() { NodeSelectorTerms = [new() { MatchFields = [new() { Key = "metadata.name", OperatorProperty = "In", Values = ["node-1"] }] }] } },
                    PodAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = [new() { TopologyKey = "zone", LabelSelector = new() { MatchLabels = new Dictionary<string, string> { ["app"] = "web" } } }] },
                },
            },
        };

        Assert.Null(template.ToSchedulingRequest(new() { Name = "a" }, "release", SchedulerDialect.RunAi));
    }

    private static SchedulingRequest? Shown(WorkloadSubmission submission, SchedulerDialect dialect)
    {
        var placement = new Placement { Namespace = "runai-team-a", Queue = "team-a", Dialect = dialect, SubmittedBy = "jane" };
        return new ObservedWorkload { Owner = submission.ToManifest(placement, WorkloadDefaults.Standard), Dialect = dialect }.ToWorkload("team-a", "").Scheduling;
    }

    private static string Text(SchedulingRequest? scheduling) => JsonSerializer.Serialize(scheduling, WorkloadJson.Options);
}
