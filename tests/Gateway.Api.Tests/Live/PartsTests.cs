using Gateway.Api.Live.Pictures;
using Gateway.Core.Status;
using k8s.Models;
using Xunit;

namespace Gateway.Api.Tests.Live;

public sealed class PartsTests
{
    // The cluster keeps events for an hour: a project with many short workloads would keep more of them than of anything else.
    [Fact]
    public void Events_GoWithWhatTheyAreAbout()
    {
        var parts = new Parts();
        var (job, pod) = (Of(typeof(V1Job), "job", "job"), Of(typeof(ObservedPod), "pod", "job"));
        Part[] all = [job, pod, Of(typeof(ObservedEvent), "of-job", "job"), Of(typeof(ObservedEvent), "of-pod", "pod"), Of(typeof(ObservedEvent), "of-another", "another")];
        foreach (var part in all)
            parts.Put(part);

        parts.RemoveWithEvents(pod);
        Assert.Equal(["job", "of-job"], parts.Of(job).Select(part => part.Uid));
        Assert.Null(parts.Find("of-pod"));

        parts.RemoveWithEvents(job);
        Assert.Equal(["of-another"], all.Where(part => parts.Find(part.Uid) is not null).Select(part => part.Uid));
    }

    [Fact]
    public void Events_StayWhereWhatTheyAreAboutHasChanged()
    {
        var parts = new Parts();
        parts.Put(Of(typeof(V1Job), "job", "job"));
        parts.Put(Of(typeof(ObservedEvent), "of-job", "job"));

        parts.Put(Of(typeof(V1Job), "job", "job"));

        Assert.NotNull(parts.Find("of-job"));
    }

    private static Part Of(Type kind, string uid, string about) => new(kind, uid, about, Version: 1, Packed: []);
}
