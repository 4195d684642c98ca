using Gateway.Embedded.Clockwork;
using Gateway.Embedded.Controllers;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kubelet;

/// <summary>An image that cannot be pulled: tried again and again, ever more rarely.</summary>
internal sealed class ImagePull(EventLog events, Pauses pauses, StoredObject pod, IReadOnlyList<Container> containers, Action report)
{
    private static readonly TimeSpan[] Looks = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6)];
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(300);

    public static string Present(string image) => $"Container image \"{image}\" already present on machine and can be accessed by the pod";

    /// <summary>Fails until it is interrupted.</summary>
    public async Task FailAsync(string error, CancellationToken interruption)
    {
        for (var delay = First; ; delay = delay * 2 < Longest ? delay * 2 : Longest)
        {
            foreach (var container in containers) Refuse(container, error);
            report();
            await pauses.ForAsync(Looks[0], interruption);
            foreach (var container in containers) BackOff(container);
            await pauses.ForAsync(Looks[1], interruption);
            foreach (var container in containers) BackOff(container);
            foreach (var container in containers) container.Waiting = ("ImagePullBackOff", $"Back-off pulling image \"{container.Image}\": ErrImagePull: {error}");
            report();
            await pauses.ForAsync(delay - Looks[0] - Looks[1], interruption);
        }
    }

    private void Refuse(Container container, string error)
    {
        var part = container.Part;
        events.Normal(pod, "Pulling", $"Pulling image \"{container.Image}\"", part);
        events.Warn(pod, "Failed", $"Failed to pull image \"{container.Image}\": {error}", part);
        events.Warn(pod, "Failed", "Error: ErrImagePull", part);
        container.Waiting = ("ErrImagePull", error);
    }

    private void BackOff(Container container)
    {
        var part = container.Part;
        events.Normal(pod, "BackOff", $"Back-off pulling image \"{container.Image}\"", part);
        events.Warn(pod, "Failed", "Error: ImagePullBackOff", part);
    }
}
