using System.Text.Json.Nodes;
using static Gateway.Embedded.Tests.Manifests;

namespace Gateway.Embedded.Tests;

public sealed class ObjectLifeTests
{
    [Fact]
    public async Task Create_Twice_SaysThatItExists()
    {
        await using var client = await ClusterClient.StartAsync();
        var created = await client.PostAsync(Jobs, Job("train-1"));
        var again = await client.PostAsync(Jobs, Job("train-1"));
        Assert.Equal((201, "1"), (created.Status, created.At("metadata/generation")));
        Assert.Equal((409, "AlreadyExists"), (again.Status, again.At("reason")));
    }

    [Fact]
    public async Task Patch_OfTheSpec_CountsAGeneration_OfALabel_DoesNot()
    {
        await using var client = await ClusterClient.StartAsync();
        await client.PostAsync(Jobs, Job("train-1"));
        var labelled = await client.PatchAsync($"{Jobs}/train-1", Parse("""{"metadata":{"labels":{"a":"b"}}}"""));
        var widened = await client.PatchAsync($"{Jobs}/train-1", Parse("""{"spec":{"parallelism":3},"status":{"active":9}}"""));
        Assert.Equal(("1", "b"), (labelled.At("metadata/generation"), labelled.At("metadata/labels/a")));
        Assert.Equal(("2", "3"), (widened.At("metadata/generation"), widened.At("spec/parallelism")));
        Assert.NotEqual("9", widened.At("status/active"));
    }

    [Fact]
    public async Task Delete_WithAnotherUid_IsRefused()
    {
        await using var client = await ClusterClient.StartAsync();
        await client.PostAsync(Jobs, Job("train-1"));
        var refused = await client.DeleteAsync($"{Jobs}/train-1", Parse("""{"preconditions":{"uid":"11111111-1111-1111-1111-111111111111"}}"""));
        Assert.Equal((409, "Conflict"), (refused.Status, refused.At("reason")));
        Assert.Equal(200, (await client.GetAsync($"{Jobs}/train-1")).Status);
    }

    [Theory]
    [InlineData("Background")]
    [InlineData("Foreground")]
    public async Task Delete_WithAPolicy_TakesTheDependentsAlong(string policy)
    {
        await using var client = await ClusterClient.StartAsync();
        var job = await client.PostAsync(Jobs, Job("train-1"));
        await client.PostAsync(Pods, Pod("train-1-a", "train-1", job.At("metadata/uid")!));
        await client.DeleteAsync($"{Jobs}/train-1?propagationPolicy={policy}");
        await Eventually(async () => (await client.GetAsync($"{Pods}/train-1-a")).Status == 404 && (await client.GetAsync($"{Jobs}/train-1")).Status == 404);
    }

    [Fact]
    public async Task Delete_OfANamespace_RemovesWhatIsInIt()
    {
        await using var client = await ClusterClient.StartAsync();
        await client.PostAsync(Jobs, Job("train-1"));
        var deleted = await client.DeleteAsync("/api/v1/namespaces/runai-team-a");
        Assert.Equal("Terminating", deleted.At("status/phase"));
        await Eventually(async () => (await client.GetAsync("/api/v1/namespaces/runai-team-a")).Status == 404);
        Assert.Empty((JsonArray)(await client.GetAsync(Jobs)).Body["items"]!);
    }

    /// <summary>What the cluster does by itself comes soon, not at once.</summary>
    private static async Task Eventually(Func<Task<bool>> reached)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await reached()) await Task.Delay(5, patience.Token);
    }
}
