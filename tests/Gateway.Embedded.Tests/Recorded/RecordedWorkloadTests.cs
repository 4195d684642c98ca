using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Embedded.Tests.Life;
using static Gateway.Embedded.Tests.Manifests;

namespace Gateway.Embedded.Tests.Recorded;

/// <summary>
/// Workloads that ran on a real Kubernetes 1.36: brought about here by annotations, each object goes through the same states
/// and the same events are written about it.
/// </summary>
public sealed class RecordedWorkloadTests
{
    private const string Space = "runai-team-a";

    private static readonly Dictionary<string, JsonObject> Workloads =
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Recorded", "workloads.json")))!.AsArray()
            .Select(workload => workload!.AsObject()).ToDictionary(workload => workload["name"]!.ToString());

    public static TheoryData<string> Names => [.. Workloads.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Workload_GoesThrough_WhatWasRecorded(string name)
    {
        var workload = Workloads[name];
        await using var stage = await Stage.SetAsync(new EmbeddedClusterOptions { Nodes = [new() { Name = "node-1" }] });
        var witness = new Witness(stage.Client.Cluster.Objects.Store, Space);
        await StartAsync(stage, workload);
        await ActAsync(stage, workload);
        Assert.Equal(Show(Recorded(workload, "states")), Show(witness.States));
        Assert.Equal(Show(Recorded(workload, "events")), Show(witness.Events()));
    }

    private static async Task StartAsync(Stage stage, JsonObject workload)
    {
        var others = workload["also"]?.AsArray().Select(other => other!.AsObject()).ToArray() ?? [];
        foreach (var quota in others.Where(other => other["kind"]!.ToString() == "ResourceQuota")) await PostAsync(stage, quota);
        await PostAsync(stage, workload["submitted"]!.AsObject());
        await stage.PassAsync(0.3);
        foreach (var later in others.Where(other => other["kind"]!.ToString() != "ResourceQuota")) await PostAsync(stage, later);
    }

    private static async Task ActAsync(Stage stage, JsonObject workload)
    {
        var passed = 0.3;
        foreach (var action in workload["actions"]?.AsArray() ?? [])
        {
            var at = action!["at"]!.GetValue<double>();
            await stage.PassAsync(at - passed);
            passed = at;
            await DoAsync(stage, PathOf(workload["submitted"]!.AsObject()), action["do"]!.ToString());
        }
        await stage.PassAsync(workload["seconds"]!.GetValue<double>() - passed);
    }

    private static async Task DoAsync(Stage stage, string path, string action)
    {
        var answer = action switch
        {
            "suspend" => await stage.Client.PatchAsync($"{path}/w", Parse("""{"spec":{"suspend":true}}""")),
            "resume" => await stage.Client.PatchAsync($"{path}/w", Parse("""{"spec":{"suspend":false}}""")),
            "scale-0" => await stage.Client.PatchAsync($"{path}/w", Parse("""{"spec":{"replicas":0}}""")),
            "scale-1" => await stage.Client.PatchAsync($"{path}/w", Parse("""{"spec":{"replicas":1}}""")),
            _ => await stage.Client.DeleteAsync($"{path}/w?propagationPolicy=Foreground"),
        };
        Assert.Equal(200, answer.Status);
    }

    private static async Task PostAsync(Stage stage, JsonObject item) =>
        Assert.Equal(201, (await stage.Client.PostAsync(PathOf(item), item)).Status);

    private static string PathOf(JsonObject item)
    {
        var version = item["apiVersion"]!.ToString();
        return $"/{(version == "v1" ? "api" : "apis")}/{version}/namespaces/{Space}/{item["kind"]!.ToString().ToLowerInvariant()}s";
    }

    private static Dictionary<string, List<string>> Recorded(JsonObject workload, string part) => workload[part].Deserialize<Dictionary<string, List<string>>>()!;

    /// <summary>One line a state or event, by object.</summary>
    private static string[] Show(Dictionary<string, List<string>> found) =>
        [.. found.OrderBy(entry => entry.Key, StringComparer.Ordinal).SelectMany(entry => entry.Value.Select(line => $"{entry.Key}: {line}"))];
}
