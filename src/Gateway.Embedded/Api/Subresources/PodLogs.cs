using System.Globalization;
using System.Text;
using Gateway.Embedded.Kinds;
using Gateway.Embedded.Kubelet;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Api.Subresources;

/// <summary>The logs of a pod's containers.</summary>
internal sealed class PodLogs(ClusterObjects objects, NodeAgent agent, CancellationToken stopping)
{
    public async Task ReadAsync(ApiRequest request)
    {
        var wanted = Wanted(request);
        var pod = objects.Get(ResourceTypes.Pods, request.Space, request.Name!);
        var name = ContainerName(request, pod);
        if (agent.Find(pod.Uid) is not { } life)
        {
            if (pod.ToJson().Child("spec").Text("nodeName") is { Length: > 0 }) throw Waits(name, pod, "ContainerCreating");
            request.Http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        var container = life.AllContainers.First(container => container.Name == name);
        await SendAsync(request, wanted, request.Asks("previous") ? Previous(container, pod) : Current(container, pod));
    }

    private async Task SendAsync(ApiRequest request, LogRequest wanted, ContainerRun run)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(request.Http.RequestAborted, stopping);
        var response = request.Http.Response;
        response.ContentType = "text/plain";
        await response.StartAsync(ending.Token);
        var room = Number(request, "limitBytes") ?? long.MaxValue;
        await foreach (var line in wanted.ReadAsync(run, objects.Time, ending.Token))
        {
            var bytes = Encoding.UTF8.GetBytes(wanted.Show(line));
            await response.Body.WriteAsync(bytes.AsMemory(0, (int)Math.Min(room, bytes.Length)), ending.Token);
            if (wanted.Follow) await response.Body.FlushAsync(ending.Token);
            if ((room -= bytes.Length) <= 0) return;
        }
    }

    private LogRequest Wanted(ApiRequest request)
    {
        var (tail, seconds, limit, time) = (Number(request, "tailLines"), Number(request, "sinceSeconds"), Number(request, "limitBytes"), request.Option("sinceTime"));
        FieldErrors.Check("", "PodLogOptions", request.Name!, errors =>
        {
            if (tail < 0) errors.Invalid("tailLines", tail, "must be greater than or equal to 0");
            if (limit < 1) errors.Invalid("limitBytes", limit, "must be greater than 0");
            if (seconds is not null && time is not null) errors.Forbidden("", "at most one of `sinceTime` or `sinceSeconds` may be specified");
            else if (seconds < 1) errors.Invalid("sinceSeconds", seconds, "must be greater than 0");
        });
        DateTimeOffset? since = DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, out var given) ? given : null;
        if (seconds is { } ago) since = objects.Time.GetUtcNow().AddSeconds(-ago);
        return new LogRequest { Follow = request.Asks("follow"), Timestamps = request.Asks("timestamps"), TailLines = tail, Since = since };
    }

    private static string ContainerName(ApiRequest request, StoredObject pod)
    {
        var names = pod.ToJson().Child("spec").Items("containers").Select(container => container.Text("name")!).ToArray();
        if (request.Option("container") is not { } asked)
            return names.Length == 1 ? names[0] : throw Refusal.BadRequest($"a container name must be specified for pod {pod.Name}, choose one of: [{string.Join(' ', names)}]");
        var initial = pod.ToJson().Child("spec").Items("initContainers").Select(container => container.Text("name"));
        return names.Concat(initial).Contains(asked) ? asked : throw Refusal.BadRequest($"container {asked} is not valid for pod {pod.Name}");
    }

    private static ContainerRun Current(Container container, StoredObject pod) =>
        container.Run ?? throw Waits(container.Name, pod, container.Waiting?.Reason is "ErrImagePull" or "ImagePullBackOff" ? "image can't be pulled" : container.Waiting?.Reason);

    /// <summary>While a container waits to be started again, its latest run is the previous one.</summary>
    private static ContainerRun Previous(Container container, StoredObject pod) =>
        (container.Waiting is null ? container.Previous : container.Run)
        ?? throw Refusal.BadRequest($"previous terminated container \"{container.Name}\" in pod \"{pod.Name}\" not found");

    private static Refusal Waits(string container, StoredObject pod, string? why) =>
        Refusal.BadRequest($"container \"{container}\" in pod \"{pod.Name}\" is waiting to start: {why}");

    private static long? Number(ApiRequest request, string option) =>
        long.TryParse(request.Option(option), CultureInfo.InvariantCulture, out var number) ? number : null;
}
