using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kubelet;

/// <summary>A container of a pod that has a node: its run, the one before, and what it waits for.</summary>
internal sealed class Container(JsonObject specification, bool initial = false)
{
    /// <summary>How events name it.</summary>
    public string Part => $"spec.{(initial ? "initContainers" : "containers")}{{{Name}}}";

    public string Name { get; } = specification.Text("name") ?? "";

    public string Image { get; } = specification.Text("image") ?? "";

    public JsonObject Specification => specification;

    public ContainerRun? Run { get; private set; }

    public ContainerRun? Previous { get; private set; }

    public int Restarts { get; private set; }

    /// <summary>Why it does not run, and what Kubernetes says of it.</summary>
    public (string Reason, string? Message)? Waiting { get; set; } = ("ContainerCreating", null);

    public bool Succeeded => Run is { Finished: not null, ExitCode: 0 };

    public bool Running => Waiting is null && Run is { Finished: null };

    public void Start(ContainerRun run)
    {
        if (Run is not null) Restarts++;
        (Previous, Run, Waiting) = (Run, run, null);
    }

    public JsonObject ToStatus()
    {
        var status = new JsonObject
        {
            ["name"] = Name,
            ["state"] = State(),
            ["lastState"] = (Waiting is null ? Previous : Run)?.State() ?? [],
            ["ready"] = initial ? Succeeded : Running,
            ["restartCount"] = Restarts,
            ["image"] = Run is null ? Image : FullName(),
            ["imageID"] = Run is null ? "" : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Image)))}",
        };
        if (Run is not null) status["containerID"] = Run.Id;
        status["started"] = Running;
        if (Run is null) return status;
        if (specification["resources"]?["requests"] is JsonObject { Count: > 0 } requests) status["allocatedResources"] = requests.DeepClone();
        status["resources"] = specification["resources"]?.DeepClone() ?? new JsonObject();
        return status;
    }

    private JsonObject State()
    {
        if (Waiting is not { } wait) return Run!.State();
        var waiting = new JsonObject { ["reason"] = wait.Reason };
        if (wait.Message is not null) waiting["message"] = wait.Message;
        return new JsonObject { ["waiting"] = waiting };
    }

    /// <summary>An image with its registry and tag spelt out, as container runtimes name it.</summary>
    private string FullName()
    {
        var tagged = Image.Contains('@') || Image.LastIndexOf(':') > Image.LastIndexOf('/') ? Image : $"{Image}:latest";
        var host = tagged.Split('/')[0];
        if (!tagged.Contains('/')) return $"docker.io/library/{tagged}";
        return host.Contains('.') || host.Contains(':') || host == "localhost" ? tagged : $"docker.io/{tagged}";
    }
}
