using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Gateway.Core.Status;
using Xunit;

namespace Gateway.Core.Tests.Status;

/// <summary>
/// Every file of Cases is a story. Phase and reason are checked at each step, whatever else a step tells as well. The first
/// seventeen were recorded on Kubernetes 1.36, with every state that the objects went through.
/// </summary>
public sealed class StatusCases
{
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static TheoryData<string> Stories =>
        [.. Directory.EnumerateFiles(Folder, "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Status", "Cases");

    [Theory]
    [MemberData(nameof(Stories))]
    public void Status_AtEachStepOfAStory_IsWhatAUserWouldCallTrue(string story)
    {
        var wrong = Story.Read(File.ReadAllText(Path.Combine(Folder, $"{story}.yaml")))
            .Select((step, number) => Difference(step.Then, StatusOf(step.Observed)) is { } difference ? $"step {number + 1}: {difference}" : null)
            .OfType<string>();

        Assert.Empty(wrong);
    }

    [Fact]
    public void Phases_OfAllStories_AreAllThereAre()
    {
        var told = Directory.EnumerateFiles(Folder, "*.yaml").SelectMany(path => Story.Read(File.ReadAllText(path)));

        Assert.Equal(Phase.All.Order(), told.Select(step => step.Observed.Phase()).Distinct().Order());
    }

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
        (JsonObject told, JsonObject shown) => told.Select(entry => Difference($"{path}.{entry.Key}", entry.Value, shown[entry.Key])).FirstOrDefault(found => found is not null),
        (JsonArray told, JsonArray shown) when told.Count == shown.Count =>
            told.Select((item, index) => Difference($"{path}[{index}]", item, shown[index])).FirstOrDefault(found => found is not null),
        _ => JsonNode.DeepEquals(expected, actual) ? null : $"{path} is {actual?.ToJsonString() ?? "nothing"}, not {expected?.ToJsonString() ?? "nothing"}",
    };
}
