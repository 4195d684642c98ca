using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Core.Manifests;
using Gateway.Core.Scheduling;
using Gateway.Core.Workloads;
using k8s;
using k8s.Models;
using Xunit;

namespace Gateway.Core.Tests.Manifests;

/// <summary>Every folder of Cases is a story: what was asked for, and the object that it becomes.</summary>
public sealed class ManifestCases
{
    // A story whose name begins with kai- is told to that scheduler.
    private static Placement Placement(string story) => new()
    {
        Namespace = "runai-team-a",
        Queue = "team-a",
        Dialect = story.StartsWith("kai-", StringComparison.Ordinal) ? SchedulerDialect.Kai : SchedulerDialect.RunAi,
        SubmittedBy = "scheduler@example.org",
    };

    public static TheoryData<string> Stories =>
        [.. Directory.EnumerateDirectories(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Cases");

    [Theory]
    [MemberData(nameof(Stories))]
    public void Submission_OfAStory_BecomesItsManifest(string story) => AssertBecomes(story);

    [Theory]
    [MemberData(nameof(Stories))]
    public void Submission_UnderACultureWithACommaForDecimals_BecomesTheSame(string story)
    {
        var before = CultureInfo.CurrentCulture;
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = german;
        try
        {
            AssertBecomes(story);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>The object that a story becomes.</summary>
    internal static IKubernetesObject<V1ObjectMeta> Manifest(string story) =>
        JsonSerializer.Deserialize<WorkloadSubmission>(Read(story, "request.json"), WorkloadJson.Options)!.ToManifest(Placement(story), WorkloadDefaults.Standard);

    private static void AssertBecomes(string story)
    {
        var manifest = Manifest(story);
        if (Environment.GetEnvironmentVariable("NEW_CASES") is { } source && !File.Exists(Path.Combine(source, story, "expected.yaml")))
            File.WriteAllText(Path.Combine(source, story, "expected.yaml"), KubernetesYaml.Serialize(manifest) + "\n");
        AssertSame(Expected(Read(story, "expected.yaml")), Json(manifest));
    }

    private static JsonNode Expected(string yaml) => yaml.Contains("kind: Job", StringComparison.Ordinal)
        ? Json(KubernetesYaml.Deserialize<V1Job>(yaml, strict: true))
        : Json(KubernetesYaml.Deserialize<V1StatefulSet>(yaml, strict: true));

    private static JsonNode Json(object manifest) => JsonNode.Parse(KubernetesJson.Serialize(manifest))!;

    private static string Read(string story, string file) => File.ReadAllText(Path.Combine(Folder, story, file));

    private static void AssertSame(JsonNode expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(expected, actual), $"expected {expected.ToJsonString()}\n but is  {actual.ToJsonString()}");
}
