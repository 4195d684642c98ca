using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Gateway.Core.Status;
using k8s.Models;
using Xunit;

namespace Gateway.Core.Tests.Status;

/// <summary>
/// Every file of Cases is a story; phase and reason are checked at each step, and whatever else the step tells. `recorded` holds
/// every state that real workloads went through on Kubernetes 1.36, `told` what they did not meet.
/// </summary>
public sealed class StatusCases
{
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static TheoryData<string> Stories => [.. Files().Select(path => Path.GetRelativePath(Folder, path)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Status", "Cases");

    [Theory]
    [MemberData(nameof(Stories))]
    public void Status_AtEachStepOfAStory_IsWhatAUserWouldCallTrue(string story)
    {
        var wrong = Story.Read(File.ReadAllText(Path.Combine(Folder, story)))
            .Select((step, number) => (Number: number + 1, Difference: Difference(step.Then, StatusOf(step.Observed))))
            .Where(step => step.Difference is not null);

        Assert.Empty(wrong);
    }

    [Fact]
    public void Phases_OfAllStories_AreAllThereAre() =>
        Assert.Equal(Phase.All.Order(), Told().Select(observed => observed.Phase()).Distinct().Order());

    [Fact]
    public void ReasonCodes_OfAllStories_AreAllThereAre() =>
        Assert.Equal(
            typeof(ReasonCodes).GetFields().Select(code => code.Name).Order(),
            Told().Select(observed => observed.Reason()?.Code).OfType<string>().Distinct().Order());

    [Fact]
    public void WithoutPods_AtAnyStep_KeepsThePhaseAndTellsNothingOfThem() => Assert.All(Told(), observed =>
    {
        var shown = observed.WithoutPods();
        var text = StatusOf(shown).ToJsonString();

        Assert.Equal(observed.Phase(), shown.Phase());
        Assert.All(observed.Pods, pod => Assert.DoesNotContain($"\"{pod.Metadata.Name}\"", text, StringComparison.Ordinal));
        Assert.All(observed.Pods.Select(pod => pod.Spec?.NodeName).OfType<string>(), node => Assert.DoesNotContain(node, text, StringComparison.Ordinal));
        Assert.Equal((null, null), (shown.StartedAt(), shown.Deletion()?.PodsRemaining));
        Assert.DoesNotMatch("\"source\":\"(?!Job/|StatefulSet/)", text);
    });

    [Fact]
    public void AsSubmitted_AtAnyStep_TellsNothingOfWhatBecameOfIt() => Assert.All(Told(), observed =>
    {
        var shown = observed.AsSubmitted();

        Assert.Equal(Phase.Unknown, shown.Phase());
        Assert.Null((object?)shown.Reason() ?? shown.StartedAt() ?? shown.CompletedAt() ?? (object?)shown.Deletion());
        Assert.Equal(0, shown.Attempts()?.Failed ?? 0);
    });

    [Fact]
    public void Status_OfAnotherKind_IsUnknown()
    {
        var observed = new ObservedWorkload { Owner = new V1Deployment { Kind = "Deployment", Metadata = new() { Name = "web" } } };

        Assert.Equal(Phase.Unknown, observed.Phase());
        Assert.Equal(ReasonCodes.Unknown, observed.Reason()?.Code);
    }

    private static IEnumerable<ObservedWorkload> Told() =>
        Files().SelectMany(path => Story.Read(File.ReadAllText(path))).Select(step => step.Observed);

    private static IEnumerable<string> Files() => Directory.EnumerateFiles(Folder, "*.yaml", SearchOption.AllDirectories);

    private static JsonObject StatusOf(ObservedWorkload observed) => JsonSerializer.SerializeToNode(
        new
        {
            Phase = observed.Phase(),
            Reason = observed.Reason()?.Code,
            observed.Reason()?.Message,
            observed.Reason()?.Source,
            observed.Reason()?.Since,
            StartedAt = observed.StartedAt(),
            CompletedAt = observed.CompletedAt(),
            Attempts = observed.Attempts(),
            Deletion = observed.Deletion(),
            Pods = observed.PodStatuses(),
        },
        Json)!.AsObject();

    // A reason that is not told must not be there.
    private static string? Difference(JsonObject then, JsonObject status) =>
        then.ContainsKey("reason") || !status.ContainsKey("reason")
            ? Difference("", then, status)
            : $"reason {status["reason"]} ({status["message"]}) where none is told";

    private static string? Difference(string path, JsonNode? expected, JsonNode? actual) => (expected, actual) switch
    {
        (JsonObject told, JsonObject shown) =>
            told.Select(entry => Difference($"{path}.{entry.Key}", entry.Value, shown[entry.Key])).FirstOrDefault(found => found is not null),
        (JsonArray told, JsonArray shown) when told.Count == shown.Count =>
            told.Select((item, index) => Difference($"{path}[{index}]", item, shown[index])).FirstOrDefault(found => found is not null),
        _ when JsonNode.DeepEquals(expected, actual) => null,
        _ => $"{path} is {actual?.ToJsonString() ?? "nothing"}, not {expected?.ToJsonString() ?? "nothing"}",
    };
}
