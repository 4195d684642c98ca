using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Core.Manifests;
using Gateway.Core.Manifests.Companions;
using Gateway.Core.Scheduling;
using Gateway.Core.Workloads;
using k8s;
using Xunit;

namespace Gateway.Core.Tests.Manifests;

/// <summary>Every folder of CompanionCases is a story: what was asked for, and what is made beside the workload.</summary>
public sealed class CompanionCases
{
    private static readonly Placement Placement = new() { Namespace = "runai-team-a", Queue = "team-a", Dialect = SchedulerDialect.RunAi, SubmittedBy = "scheduler@example.org" };

    private static readonly WorkloadDefaults Defaults = WorkloadDefaults.Standard with { IngressClass = "nginx", IngressHost = "{name}-{port}.{project}.apps.example.org" };

    public static TheoryData<string> Stories =>
        [.. Directory.EnumerateDirectories(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "CompanionCases");

    [Theory]
    [MemberData(nameof(Stories))]
    public void Submission_OfAStory_HasItsCompanions(string story)
    {
        var request = JsonSerializer.Deserialize<WorkloadSubmission>(File.ReadAllText(Path.Combine(Folder, story, "request.json")), WorkloadJson.Options)!;
        var owner = request.ToManifest(Placement, Defaults);
        owner.Metadata.Uid = "0000";

        var companions = request.ToCompanions(Placement, Defaults, owner.ToOwnerReference());

        var path = Path.Combine(Folder, story, "expected.yaml");
        if (Environment.GetEnvironmentVariable("NEW_COMPANIONS") is { } source && !File.Exists(Path.Combine(source, story, "expected.yaml")))
            File.WriteAllText(Path.Combine(source, story, "expected.yaml"), string.Concat(companions.Select(companion => $"---\n{KubernetesYaml.Serialize(companion)}\n")));
        var expected = KubernetesYaml.LoadAllFromString(File.ReadAllText(path), strict: true);
        Assert.Equal(expected.Select(Json), companions.Select(Json));
    }

    // Objects compare by their JSON, members in any order.
    private static string Json(object one) => Sorted(JsonNode.Parse(KubernetesJson.Serialize(one)))!.ToJsonString();

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
