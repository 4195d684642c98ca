using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kubelet;

/// <summary>What a node says of one of its pods.</summary>
internal sealed record PodReport
{
    public required string Phase { get; init; }
    public required IReadOnlyList<Container> Containers { get; init; }

    /// <summary>The containers that run before the others, one after another.</summary>
    public required IReadOnlyList<Container> InitContainers { get; init; }

    public required string StartTime { get; init; }

    /// <summary>Whether the pod's containers may be started: its network and volumes are there.</summary>
    public bool SandboxReady { get; init; }

    /// <summary>The pod's address, once it is known.</summary>
    public string? Address { get; init; }

    /// <summary>Whether no container will run again.</summary>
    public bool Over { get; init; }

    /// <summary>Why the node threw it out, if it did.</summary>
    public string? Eviction { get; init; }

    /// <summary>What is said of a pod that the node has just taken.</summary>
    public static PodReport Begin(JsonObject pod, string now)
    {
        var initial = Of(pod, "initContainers");
        var main = Of(pod, "containers");
        if (initial.Length == 0) return new() { Phase = "Pending", InitContainers = initial, Containers = main, StartTime = now };
        foreach (var container in initial.Concat(main)) container.Waiting = ("PodInitializing", null);
        return new() { Phase = "Pending", InitContainers = initial, Containers = main, StartTime = now };
    }

    private static Container[] Of(JsonObject pod, string list) =>
        [.. pod.Child("spec").Items(list).Select(container => new Container(container.DeepClone().AsObject(), initial: list == "initContainers"))];

    private bool Ready => Containers.All(container => container.Running);

    private bool Succeeded => Over && Containers.All(container => container.Succeeded);

    private Container[] Uninitialized => [.. InitContainers.Where(container => !container.Succeeded)];

    /// <summary>The status that follows the standing one.</summary>
    public JsonObject ToStatus(JsonObject standing, long generation, string now)
    {
        var requests = Requests();
        var status = new JsonObject { ["observedGeneration"] = generation, ["phase"] = Phase, ["conditions"] = Conditions(standing, generation, now) };
        if (Eviction is not null) (status["message"], status["reason"]) = (Eviction, "Evicted");
        status["hostIP"] = "127.0.0.1";
        status["hostIPs"] = new JsonArray(new JsonObject { ["ip"] = "127.0.0.1" });
        if (Address is not null) status["podIP"] = Address;
        if (Address is not null) status["podIPs"] = new JsonArray(new JsonObject { ["ip"] = Address });
        status["startTime"] = StartTime;
        if (InitContainers.Count > 0) status["initContainerStatuses"] = new JsonArray([.. InitContainers.Select(container => container.ToStatus())]);
        status["containerStatuses"] = new JsonArray([.. Containers.Select(container => container.ToStatus())]);
        status["qosClass"] = standing["qosClass"]?.DeepClone();
        if (requests.Count > 0) status["allocatedResources"] = requests;
        status["resources"] = Over ? new JsonObject() : Containers[0].Specification["resources"]?.DeepClone() ?? new JsonObject();
        return status;
    }

    private JsonObject Requests()
    {
        var requests = new JsonObject();
        foreach (var (resource, amount) in Containers.SelectMany(container => container.Specification["resources"]?["requests"] as JsonObject ?? []))
            requests.Default(resource, amount!.DeepClone());
        return requests;
    }

    private JsonArray Conditions(JsonObject standing, long generation, string now)
    {
        var why = Succeeded ? "PodCompleted" : Over ? "PodFailed" : Ready ? null : "ContainersNotReady";
        var message = why == "ContainersNotReady" ? Those("unready", Containers.Where(container => !container.Running)) : null;
        JsonObject Is(string type, bool holds, string? reason = null, string? text = null) => Condition(standing, type, generation, holds, now, reason, text);
        return
        [
            .. Eviction is null ? Announced(standing) : [Is(Disruption.Condition, true, "TerminationByKubelet", Eviction)],
            Is("PodReadyToStartContainers", SandboxReady),
            Uninitialized is { Length: > 0 } left ? Is("Initialized", false, "ContainersNotInitialized", Those("incomplete", left)) : Is("Initialized", true, Succeeded ? why : null),
            Is("Ready", Ready, why, message),
            Is("ContainersReady", Ready, why, message),
            Is("PodScheduled", true),
        ];
    }

    // What others said of the pod stays.
    private static JsonNode[] Announced(JsonObject standing) =>
        [.. standing.Items("conditions").Where(condition => condition.Text("type") == Disruption.Condition).Select(condition => condition.DeepClone())];

    private static string Those(string state, IEnumerable<Container> containers) =>
        $"containers with {state} status: [{string.Join(' ', containers.Select(container => container.Name))}]";

    /// <summary>A condition that stood so before keeps its time.</summary>
    private static JsonObject Condition(JsonObject standing, string type, long generation, bool holds, string now, string? reason, string? message)
    {
        var before = standing.Items("conditions").FirstOrDefault(condition => condition.Text("type") == type);
        var status = holds ? "True" : "False";
        var condition = new JsonObject
        {
            ["type"] = type,
            ["observedGeneration"] = generation,
            ["status"] = status,
            ["lastProbeTime"] = null,
            ["lastTransitionTime"] = before?.Text("status") == status ? before.Text("lastTransitionTime") : now,
        };
        if (reason is not null) condition["reason"] = reason;
        if (message is not null) condition["message"] = message;
        return condition;
    }
}
