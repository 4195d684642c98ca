using System.Net;
using System.Text.Json.Nodes;
using k8s;
using Xunit;

namespace Gateway.Api.Tests.Logs;

public sealed class EventTests
{
    [Fact]
    public async Task Events_OfAWorkload_AreItsOwnAndThoseOfPodsThatAreGone()
    {
        await using var stage = await LogStage.SetAsync();
        await stage.SubmitAsync(LogStage.Writer("told"));
        await stage.SubmitAsync(LogStage.Writer("told-too"));
        await stage.PassAsync(15);
        var pod = Assert.Single(await stage.PodsAsync(), name => !name.StartsWith("told-too", StringComparison.Ordinal));
        await stage.Host.Cluster.CoreV1.DeleteNamespacedPodAsync(pod, LogStage.Space);
        await stage.PassAsync(5);

        var events = (await stage.Host.GetAsync("/projects/team-a/workloads/told/events"))["items"]!.AsArray();

        Assert.All(events, one => Assert.Contains((string)one!["object"]!["name"]!, (string[])["told", pod]));
        Assert.Contains(events, one => (string?)one!["object"]!["kind"] == "Pod" && (string?)one["reason"] == "Started");
        events.First(one => (string?)one!["reason"] == "SuccessfulCreate").AssertContains(
            JsonNode.Parse("""{"type": "Normal", "count": 1, "object": {"kind": "Job", "name": "told"}, "source": "job-controller"}"""));
        var times = events.Select(one => (string)one!["lastSeen"]!).ToList();
        Assert.Equal(times.Order(StringComparer.Ordinal), times);
        Assert.Equal("/projects/team-a/workloads/told/events", (string?)(await stage.Host.GetAsync("/projects/team-a/workloads/told"))["links"]!["events"]);
    }

    [Fact]
    public async Task Events_ThatCiteAnEnvironmentValue_HideIt()
    {
        await using var stage = await LogStage.SetAsync();
        await stage.SubmitAsync(LogStage.Writer("secret", more: new() { ["env"] = new JsonArray(new JsonObject { ["name"] = "KEY", ["value"] = "s3cret-value" }) }));
        var job = await stage.Host.Cluster.BatchV1.ReadNamespacedJobAsync("secret", LogStage.Space);
        await stage.Host.Cluster.CoreV1.CreateNamespacedEventAsync(
            new() { Metadata = new() { Name = "told" }, InvolvedObject = new() { Kind = "Job", NamespaceProperty = LogStage.Space, Name = "secret", Uid = job.Metadata.Uid }, Reason = "Odd", Message = "found s3cret-value", Type = "Warning" },
            LogStage.Space);

        var text = await stage.Host.Http.GetStringAsync(new Uri("/projects/team-a/workloads/secret/events", UriKind.Relative));

        Assert.Contains("found <hidden>", JsonNode.Parse(text)!["items"]!.AsArray().Select(one => (string)one!["message"]!));
        Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_OfWhatIsNotThere_AreNotFound()
    {
        await using var stage = await LogStage.SetAsync();

        await (await stage.Host.Http.GetAsync("/projects/team-a/workloads/never/events")).ProblemAsync(HttpStatusCode.NotFound, "WORKLOAD_NOT_FOUND");
    }
}
