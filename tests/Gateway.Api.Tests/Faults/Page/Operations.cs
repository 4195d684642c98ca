using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace Gateway.Api.Tests.Faults.Page;

/// <summary>What callers ask for.</summary>
internal static class Operations
{
    private const string Key = "key-1";

    public static readonly IReadOnlyList<Operation> All =
    [
        new("Submit a train, with a key", "create", "jobs", stage => stage.SubmitAsync(GatewayHost.Train("a"), Key), "1 Job") { PrepareAsync = WatchAsync },
        new("The same, where only its creation fails", "create", "jobs", stage => stage.SubmitAsync(GatewayHost.Train("a"), Key), "1 Job") { PrepareAsync = WatchAsync, StrikesAll = false },
        new("Submit a train, without a key", "create", "jobs", stage => stage.SubmitAsync(GatewayHost.Train("a")), "1 Job") { PrepareAsync = WatchAsync, Again = 409 },
        new("Submit a build with exposed ports and a new claim, with a key", "create", "statefulsets", stage => stage.SubmitAsync(Build(), Key), Furnished) { PrepareAsync = WatchAsync },
        new("The same, where only the creation of its claim fails", "create", "persistentvolumeclaims", stage => stage.SubmitAsync(Build(), Key), Furnished) { StrikesAll = false },
        new("The same, where only the creation of its Services fails", "create", "services", stage => stage.SubmitAsync(Build(), Key), Furnished) { StrikesAll = false },
        new("The same build again, with its key", "get", "statefulsets", stage => stage.SubmitAsync(Build(), Key), Furnished) { PrepareAsync = stage => stage.SubmitAsync(Build(), Key) },
        new("Dry run", "create", "jobs", stage => stage.SendAsync(HttpMethod.Post, "?dryRun=true", GatewayHost.Train("a")), Nothing),
        new("Submit a batch of two trains, with a key", "create", "jobs", stage => stage.SendAsync(HttpMethod.Post, "/batch", Batch(), Key), "2 Jobs") { PrepareAsync = WatchAsync },
        new("Read a workload of a project that is watched", "get", "jobs", stage => stage.SendAsync(HttpMethod.Get, "/a"), "1 Job") { PrepareAsync = TrainAsync },
        new("Read a workload of a project that is not watched yet", "get", "jobs", stage => stage.SendAsync(HttpMethod.Get, "/a"), "1 Job") { PrepareAsync = ByHandAsync },
        new("List the workloads of a project that is not watched yet", "list", "jobs", stage => stage.SendAsync(HttpMethod.Get, ""), "1 Job") { PrepareAsync = ByHandAsync },
        new("Delete", "delete", "jobs", stage => stage.SendAsync(HttpMethod.Delete, "/a"), Nothing) { PrepareAsync = TrainAsync, StrikesAll = false, Again = 404 },
        new("Delete a batch of two", "delete", "jobs", stage => stage.SendAsync(HttpMethod.Post, "/batch-delete", new JsonObject { ["names"] = new JsonArray("a", "b") }), Nothing)
        {
            PrepareAsync = stage => stage.SendAsync(HttpMethod.Post, "/batch", Batch(), Key),
            StrikesAll = false,
            Again = 200,
        },
        new("Suspend", "patch", "jobs", stage => stage.SendAsync(HttpMethod.Post, "/a/suspend"), "1 Job, suspended") { PrepareAsync = TrainAsync, StrikesAll = false },
        new("Resume", "patch", "jobs", stage => stage.SendAsync(HttpMethod.Post, "/a/resume"), "1 Job") { PrepareAsync = SuspendedAsync, StrikesAll = false },
        new("Read a log", "get", "pods/log", stage => stage.SendAsync(HttpMethod.Get, "/a/logs"), "1 Job") { PrepareAsync = RunningAsync, Pods = true },
    ];

    private const string Nothing = "nothing";
    private const string Furnished = "1 StatefulSet, 2 Services, 1 claim";

    private static Task<Answer> SubmitAsync(this Stage stage, JsonObject submission, string? key = null) => stage.SendAsync(HttpMethod.Post, "", submission, key);

    private static JsonObject Build()
    {
        var build = GatewayHost.Build("a");
        build["ports"] = new JsonArray(new JsonObject { ["port"] = 8888, ["name"] = "http" });
        build["expose"] = "ClusterIP";
        build["volumes"] = new JsonArray(new JsonObject { ["mountPath"] = "/data", ["newClaim"] = new JsonObject { ["size"] = "1Gi" } });
        return build;
    }

    private static JsonObject Batch() => new() { ["mode"] = "bestEffort", ["items"] = new JsonArray(GatewayHost.Train("a"), GatewayHost.Train("b")) };

    // The list is answered from the picture, once there is one.
    private static Task<Answer> WatchAsync(Stage stage) => stage.SendAsync(HttpMethod.Get, "");

    private static async Task TrainAsync(Stage stage)
    {
        await WatchAsync(stage);
        await stage.SubmitAsync(GatewayHost.Train("a"));
    }

    private static async Task SuspendedAsync(Stage stage)
    {
        await TrainAsync(stage);
        await stage.SendAsync(HttpMethod.Post, "/a/suspend");
    }

    private static async Task RunningAsync(Stage stage)
    {
        await TrainAsync(stage);
        await stage.PassAsync(TimeSpan.FromSeconds(3));
    }

    // What the gateway submitted it would watch.
    private static Task<V1Job> ByHandAsync(Stage stage) => stage.Cluster.BatchV1.CreateNamespacedJobAsync(
        new()
        {
            Metadata = new() { Name = "a" },
            Spec = new() { Template = new() { Spec = new() { SchedulerName = "runai-scheduler", RestartPolicy = "Never", Containers = [new V1Container { Name = "main", Image = "busybox" }] } } },
        },
        stage.Space);
}
