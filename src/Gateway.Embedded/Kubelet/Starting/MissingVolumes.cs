using System.Text.Json.Nodes;
using Gateway.Embedded.Clockwork;
using Gateway.Embedded.Controllers;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kubelet.Starting;

/// <summary>The Secrets and ConfigMaps that a pod mounts: its containers wait until they are there. It is tried again ever more rarely.</summary>
internal sealed class MissingVolumes(ObjectStore store, EventLog events, Pauses pauses, StoredObject pod, JsonObject spec)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(122);

    public async Task WaitAsync(CancellationToken end)
    {
        for (var delay = First; Problems() is { Length: > 0 } problems; delay = delay * 2 < Longest ? delay * 2 : Longest)
        {
            foreach (var problem in problems) events.Warn(pod, "FailedMount", problem);
            await pauses.ForAsync(delay, end);
        }
    }

    private string[] Problems() =>
    [
        .. from volume in spec.Items("volumes")
           let problem = MissingConfig.OfVolume(store, pod.Namespace, volume)
           where problem is not null
           select $"MountVolume.SetUp failed for volume \"{volume.Text("name")}\" : {problem}",
    ];
}
