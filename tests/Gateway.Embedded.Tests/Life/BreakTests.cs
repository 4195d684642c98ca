using Gateway.Embedded.Store;
using static Gateway.Embedded.Tests.Manifests;

namespace Gateway.Embedded.Tests.Life;

public sealed class BreakTests
{
    [Fact]
    public async Task PodLife_ThatBreaks_IsNotLost()
    {
        await using var stage = await Stage.SetAsync();
        await stage.Client.PostAsync(Pods, Parse("""{"metadata":{"name":"pod-1"},"spec":{"containers":[{"name":"main","image":"x"}]}}"""));
        stage.Client.Cluster.Objects.Store.Changed += Break;
        // It breaks within this time, and is told of a moment later.
        await Record.ExceptionAsync(() => stage.PassAsync(5));
        await Assert.ThrowsAsync<FormatException>(stage.Client.Cluster.BreakAsync);
        await Assert.ThrowsAsync<FormatException>(() => stage.PassAsync(1));
        stage.Client.Cluster.Objects.Store.Changed -= Break;
    }

    private static void Break(Change change)
    {
        if (change.After.Type == ResourceTypes.Pods && change.After.ToJson().Child("status").Text("phase") == "Running") throw new FormatException();
    }
}
