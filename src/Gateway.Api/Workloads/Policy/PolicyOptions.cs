using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads.Policy;

/// <summary>What the operator allows, fills in and asks for. What could harm a node or another project is forbidden unless a setting allows it.</summary>
internal sealed class PolicyOptions
{
    public const string Section = "Policy";

    /// <summary>The registries, with or without a path, that images may come from; any when left out. An image without a registry is docker.io's.</summary>
    public IReadOnlyList<string> ImageRegistries { get; set; } = [];

    /// <summary>
    /// The most GPUs of one pod, in whatever form they are asked for; one that is shared counts as one. 0 allows none;
    /// any number when left out.
    /// </summary>
    public int? MaxGpus { get; set; }

    /// <summary>Extended resources that count as GPUs beside `amd.com/gpu`, `gpu.intel.com/i915` and `gpu.intel.com/xe`.</summary>
    public IReadOnlyList<string> GpuResources { get; set; } = [];

    /// <summary>
    /// The paths of nodes that may be mounted, with all below them: `/data` for reading, `/data:rw` for writing as well.
    /// </summary>
    public IReadOnlyList<string> HostPaths { get; set; } = [];

    /// <summary>Whether NFS servers may be mounted.</summary>
    public bool AllowNfs { get; set; }

    /// <summary>Whether pods may be in the node's network.</summary>
    public bool AllowHostNetwork { get; set; }

    /// <summary>Whether pods may share memory with all of their node.</summary>
    public bool AllowHostIpc { get; set; }

    /// <summary>The Linux capabilities that may be added, such as IPC_LOCK.</summary>
    public IReadOnlyList<string> Capabilities { get; set; } = [];

    /// <summary>Whether containers may make every system call.</summary>
    public bool AllowUnconfinedSeccomp { get; set; }

    /// <summary>Whether a submission may say user or group 0.</summary>
    public bool AllowRoot { get; set; }

    /// <summary>Whether every submission must say that its user is not 0.</summary>
    public bool RequireNonRoot { get; set; }

    /// <summary>Whether ports may be opened on every node.</summary>
    public bool AllowNodePort { get; set; }

    /// <summary>Whether ports may be opened to what is outside the cluster by a load balancer.</summary>
    public bool AllowLoadBalancer { get; set; }

    /// <summary>What the keys of annotations may begin with; anything when left out.</summary>
    public IReadOnlyList<string> AnnotationPrefixes { get; set; } = [];

    /// <summary>The labels and annotations of container runtimes, networks and injectors that callers may set: `sidecar.istio.io/inject`, `k8s.v1.cni.cncf.io/`.</summary>
    public IReadOnlyList<string> RuntimeKeys { get; set; } = [];

    /// <summary>Further labels and annotations that callers may not set: `example.org/inject`, `app=our-reservation`.</summary>
    public IReadOnlyList<string> ReservedKeys { get; set; } = [];

    /// <summary>The fields that a submission must have once defaults are filled in, such as user or scheduling.nodePool.</summary>
    public IReadOnlyList<string> Required { get; set; } = [];

    /// <summary>By type, a submission whose fields hold where the caller's says nothing.</summary>
    public Dictionary<string, WorkloadSubmission> Defaults { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Any of the above for one project, in place of the common setting, lists and defaults as a whole.</summary>
    public Dictionary<string, PolicyOptions> Projects { get; } = new(StringComparer.OrdinalIgnoreCase);
}
