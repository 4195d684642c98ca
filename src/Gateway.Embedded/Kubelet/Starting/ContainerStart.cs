using Gateway.Embedded.Controllers;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kubelet.Starting;

/// <summary>Starts containers and tells of it.</summary>
internal sealed class ContainerStart(EventLog events, StoredObject pod, TimeProvider time)
{
    public void Start(Container container, Behaviour behaviour)
    {
        events.Normal(pod, "Pulled", ImagePull.Present(container.Image), container.Part);
        events.Normal(pod, "Created", "Container created", container.Part);
        container.Start(new ContainerRun(behaviour, time.GetUtcNow()));
        events.Normal(pod, "Started", "Container started", container.Part);
    }
}
