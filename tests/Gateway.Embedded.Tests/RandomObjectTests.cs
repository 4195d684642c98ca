using System.Text.Json.Nodes;
using CsCheck;
using static Gateway.Embedded.Tests.Manifests;

namespace Gateway.Embedded.Tests;

/// <summary>Whatever is sent: the cluster never fails, lists and watches agree, and versions only grow.</summary>
public sealed class RandomObjectTests
{
    private const int Objects = 1000;

    private static readonly Gen<string> Names = Gen.OneOf(Gen.Int[0, 60].Select(number => $"w-{number}"), Gen.String[0, 70], Gen.Const("UPPER"));

    private static readonly Gen<JsonNode?> Values = Gen.Recursive<JsonNode?>((depth, inner) => depth > 3
        ? Scalars!
        : Gen.OneOf(Scalars!, Gen.Dictionary(Keys!, inner)[0, 3].Select(Map), inner.Array[0, 3].Select(List)));

    private static Gen<JsonNode?> Scalars => Gen.OneOf(
        Gen.Int[-2, 5].Select(number => (JsonNode?)JsonValue.Create(number)), Gen.String[0, 5].Select(text => (JsonNode?)JsonValue.Create(text)),
        Gen.Bool.Select(flag => (JsonNode?)JsonValue.Create(flag)), Gen.Double[-2, 2].Select(number => (JsonNode?)JsonValue.Create(number)), Gen.Const((JsonNode?)null));

    private static Gen<string> Keys => Among(
        "parallelism", "completions", "suspend", "template", "metadata", "labels", "annotations", "spec", "containers", "name", "image", "resources", "limits", "cpu",
        "selector", "matchLabels", "restartPolicy", "backoffLimit", "completionMode", "volumes", "env", "nope", "finalizers", "ownerReferences", "status");

    private static readonly Gen<(string Verb, string Name, JsonNode? Value, string PatchType)> Steps = Gen.Select(
        Among("POST", "POST", "PATCH", "PATCH", "PUT", "DELETE"), Names, Values,
        Among("application/merge-patch+json", "application/strategic-merge-patch+json", "application/json-patch+json"));

    private static Gen<string> Among(params string[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    [Fact]
    public Task Cluster_GivenAThousandRandomObjects_KeepsItsWord() => Steps.Array[Objects].SampleAsync(PlayAsync, iter: 1, threads: 1);

    private static async Task PlayAsync((string Verb, string Name, JsonNode? Value, string PatchType)[] steps)
    {
        await using var client = await ClusterClient.StartAsync();
        var start = (await client.GetAsync(Jobs)).At("metadata/resourceVersion")!;
        foreach (var step in steps) await PlayAsync(client, step);
        var list = await client.GetAsync(Jobs);
        var until = long.Parse(list.At("metadata/resourceVersion")!);
        var seen = new Dictionary<string, string>();
        var last = long.Parse(start);
        await foreach (var change in client.WatchAsync($"{Jobs}?watch=1&resourceVersion={start}&timeoutSeconds=1"))
        {
            var metadata = change["object"]!["metadata"]!;
            var version = long.Parse(metadata["resourceVersion"]!.ToString());
            Assert.True(version > last, $"{version} after {last}");
            last = version;
            // What comes after the list is no part of it: deletions end a moment later.
            if (version > until) continue;
            if (change["type"]!.ToString() == "DELETED") seen.Remove(metadata["name"]!.ToString());
            else seen[metadata["name"]!.ToString()] = metadata["uid"]!.ToString();
        }
        Assert.Equal(list.Body["items"]!.AsArray().ToDictionary(item => item!["metadata"]!["name"]!.ToString(), item => item!["metadata"]!["uid"]!.ToString()), seen);
        Assert.NotEmpty(seen);
    }

    private static async Task PlayAsync(ClusterClient client, (string Verb, string Name, JsonNode? Value, string PatchType) step)
    {
        var path = step.Verb == "POST" ? Jobs : $"{Jobs}/{Uri.EscapeDataString(step.Name)}";
        var body = step.Verb switch
        {
            "DELETE" => (JsonNode?)null,
            "PATCH" when step.PatchType == "application/json-patch+json" => new JsonArray(new JsonObject { ["op"] = "add", ["path"] = "/spec/x", ["value"] = step.Value?.DeepClone() }),
            "PATCH" => new JsonObject { ["spec"] = step.Value?.DeepClone() },
            _ => Submission(step.Name, step.Value),
        };
        var answer = await client.SendAsync(step.Verb, path, body, step.Verb == "PATCH" ? step.PatchType : "application/json");
        Assert.True(answer.Status < 500, $"{step.Verb} {path} {body?.ToJsonString()}\n{answer.Text}");
    }

    /// <summary>A job that is good but for what chance adds to it.</summary>
    private static JsonObject Submission(string name, JsonNode? value)
    {
        var job = Job("");
        job["metadata"]!["name"] = name;
        if (value is JsonObject fields)
            foreach (var (key, field) in fields) job["spec"]![key] = field?.DeepClone();
        return job;
    }

    private static JsonNode? Map(Dictionary<string, JsonNode?> entries) => new JsonObject(entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone())));

    private static JsonNode? List(JsonNode?[] items) => new JsonArray([.. items.Select(item => item?.DeepClone())]);
}
