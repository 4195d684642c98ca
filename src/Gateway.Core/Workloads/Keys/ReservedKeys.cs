using static Gateway.Core.Workloads.KeyPlaces;

namespace Gateway.Core.Workloads;

/// <summary>The labels and annotations that no caller may set, and those that the operator may open.</summary>
public static class ReservedKeys
{
    private const string Kai = "KAI-Scheduler, pkg";
    private const string Grouper = $"{Kai}/podgrouper/podgrouper/plugins";
    private const string PodInfo = $"{Kai}/scheduler/api/pod_info";

    private const string GroupsPods = "the pod is grouped and ranked as one of another kind of workload";
    private const string GivesGpus = "it gives the GPUs that it names, without their being counted";
    private const string AsksForGpus = "it asks for GPUs, which is what gpu is for";

    /// <summary>What decides on GPUs, the queue or the priority, or on whose a pod is. No setting opens it.</summary>
    public static IReadOnlyList<ReservedKey> Always { get; } =
    [
        .. Keys(Both, "the gateway", "it says what the gateway knows of a workload", "workload-gateway.io/*"),
        .. Keys(Labels, "the gateway", "the gateway finds its own objects by it", "app.kubernetes.io/managed-by"),
        .. Keys(Labels, "the gateway's StatefulSets", "it ties pods to their StatefulSet", "release"),
        .. Keys(Labels, $"{PodInfo}/utility_pods.go", "no GPUs are counted for such a pod",
            "app=kai-resource-reservation", "app=scaling-pod", "app=runai-*", "app.runai.resource.reservation"),
        .. Keys(Labels, $"{Kai}/operator/controller", "it is that of the scheduler's own pods", "app=kai-scheduler*"),
        .. Keys(Labels, $"{Kai}/nodescaleadjuster", "it is that of pods which make a node come", "shared-gpu-pod-*"),
        .. Keys(Both, "KAI-Scheduler, everywhere", "it decides on queue, priority, place and group", "kai.scheduler/"),
        .. Keys(Both, $"Run:ai; {Kai}/binder", "it decides on queue, place and shared GPUs",
            "runai/", "run.ai/", "runai-*"),
        .. Keys(Labels, $"{Grouper}/defaultgrouper", "the queue is taken from it", "project"),
        .. Keys(Labels, $"{Grouper}/defaultgrouper", "it is what scheduling.priorityClass is for", "priorityClassName"),
        .. Keys(Both, $"{Grouper}/defaultgrouper", "it is what user is for", "user"),
        .. Keys(Both, $"{PodInfo}/pod_info.go", "it decides on what a pod is counted as, and with which pods",
            "pod-group-name", "received-resource-type"),
        .. Keys(Both, $"{PodInfo}/pod_info.go; {Kai}/binder/plugins/gpusharing", AsksForGpus,
            "gpu-fraction*", "gpu-memory*", "mps"),
        .. Keys(Annotations, "Run:ai", AsksForGpus, "gpu-*"),
        .. Keys(Both, $"{PodInfo}/pod_info.go; NVIDIA's device plugins", AsksForGpus, "nvidia.com/"),
        .. Keys(Both, $"{Kai}/scheduler/plugins/kubeflow, ray", GroupsPods, "training.kubeflow.org/", "ray.io/"),
        .. Keys(Both, $"{Grouper}/grove, jobset, leaderworkerset", GroupsPods,
            "grove.io/", "jobset.sigs.k8s.io/", "leaderworkerset.sigs.k8s.io/"),
        .. Keys(Both, $"{Grouper}/knative, spark", GroupsPods,
            "serving.knative.dev/", "autoscaling.knative.dev/", "spark-app-*"),
        .. Keys(Annotations, "HAMi's device plugin", GivesGpus, "hami.io/", "4pd.io/"),
        .. Keys(Annotations, "Volcano's device plugin", GivesGpus, "volcano.sh/"),
        .. Keys(Both, "Koordinator's agent", GivesGpus, "koordinator.sh/"),
        .. Keys(Annotations, "Alibaba's gpushare-device-plugin", GivesGpus, "ALIYUN_COM_GPU_*"),
        .. Keys(Annotations, "Tencent's gpu-manager", GivesGpus, "tencent.com/gpu-*", "tencent.com/predicate-*"),
        .. Keys(Annotations, "Huawei's device plugin", GivesGpus, "huawei.com/", "predicate-time"),
        .. Keys(Annotations, "Intel's device plugin", GivesGpus, "gas-*"),
        .. Keys(Annotations, "the device plugin of AWS Neuron", GivesGpus, "NEURON_*"),
        .. Keys(Labels, "Kubernetes' Job controller", "it ties pods to their Job", "job-name", "controller-uid"),
        .. Keys(Both, "Kubernetes' Job controller", "it ties pods to their Job", "batch.kubernetes.io/"),
        .. Keys(Labels, "Kubernetes' StatefulSet controller", "it ties pods to their StatefulSet",
            "controller-revision-hash"),
        .. Keys(Both, "Kubernetes' StatefulSet controller", "it ties pods to their StatefulSet",
            "apps.kubernetes.io/", "statefulset.kubernetes.io/"),
        .. Keys(Annotations, "Kubernetes' kubelet and admission", "it marks the node's own pods",
            "kubernetes.io/config.*"),
        .. Keys(Annotations, "Kubernetes before 1.16", "it marks pods that the node cannot do without",
            "scheduler.alpha.kubernetes.io/"),
        .. Keys(Both, "Kubernetes' resource claim controller", "it ties devices to pods", "resource.kubernetes.io/"),
        .. Keys(Annotations, "kubectl apply", "it holds the whole object, environment values included",
            "kubectl.kubernetes.io/last-applied-configuration"),
    ];

    /// <summary>What gives devices, mounts, networks or identities. The operator may open it.</summary>
    public static IReadOnlyList<ReservedKey> Runtime { get; } =
    [
        .. Keys(Annotations, "CRI-O", "devices, cgroups, seccomp, shared memory",
            "io.kubernetes.*", "crio.io/", "cri-o.io/", "unified-cgroup.crio.io.*", "io.openshift.*"),
        .. Keys(Annotations, "containerd and its plugins", "devices, mounts, limits",
            "containerd.io/", "nri.io/", "noderesource.dev/"),
        .. Keys(Annotations, "containerd, CRI-O, NVIDIA's container toolkit", "devices with their mounts",
            "cdi.k8s.io/"),
        .. Keys(Annotations, "containerd, CRI-O", "classes of cache and disk", "resources.beta.kubernetes.io/"),
        .. Keys(Annotations, "runc", "properties of the container's systemd unit",
            "org.systemd.property.*", "org.criu.*", "bundle"),
        .. Keys(Annotations, "crun", "groups, hooks, other handlers", "run.oci.*", "module.wasm.image/"),
        .. Keys(Annotations, "hooks of the container runtime", "traces of system calls",
            "io.containers.*", "io.podman.*"),
        .. Keys(Annotations, "Kata Containers", "paths and options of the hypervisor", "io.katacontainers.*"),
        .. Keys(Annotations, "gVisor", "mounts and flags of the sandbox", "dev.gvisor.*"),
        .. Keys(Annotations, "Windows' container runtime", "options of the container's machine", "io.microsoft.*"),
        .. Keys(Annotations, "Kubernetes' kubelet", "AppArmor, seccomp and sysctls other than those of security",
            "security.alpha.kubernetes.io/", "security.beta.kubernetes.io/"),
        .. Keys(Annotations, "the bandwidth plugin", "shares of the node's network",
            "kubernetes.io/ingress-bandwidth", "kubernetes.io/egress-bandwidth"),
        .. Keys(Both, "OpenShift", "security constraints, and cores without their being counted", "openshift.io/"),
        .. Keys(Annotations, "Multus, Spiderpool", "interfaces, devices, addresses",
            "cncf.io/", "multus-cni.io/", "spidernet.io/"),
        .. Keys(Annotations, "Calico", "addresses", "projectcalico.org/"),
        .. Keys(Annotations, "Cilium", "addresses, bandwidth, proxies", "cilium.io/", "io.cilium/", "io.cilium.*"),
        .. Keys(Annotations, "OVN-Kubernetes, Kube-OVN, Antrea", "interfaces, addresses",
            "ovn.org/", "ovn.kubernetes.io/", "kubeovn.io/", "antrea.io/"),
        .. Keys(Both, "agents of Amazon's and Google's clusters", "interfaces, roles, volumes",
            "amazonaws.com/", "networking.gke.io/", "gke-gcsfuse/"),
        .. Keys(Both, "agents of Alibaba's and Tencent's clusters", "interfaces, roles, volumes",
            "aliyun.com/", "alibabacloud.com/", "tencent.com/"),
        .. Keys(Both, "agents of Azure's clusters", "tokens of an identity",
            "azure.workload.identity/", "aadpodidbinding"),
        .. Keys(Both, "Istio", "a container beside the caller's, and volumes", "istio.io/"),
        .. Keys(Both, "Linkerd, Consul, Vault, Dapr and their like", "containers beside the caller's, volumes, secrets",
            "linkerd.io/", "hashicorp.com/", "kuma.io/", "openservicemesh.io/", "dapr.io/", "k8s.aws/"),
        .. Keys(Both, "injectors of secrets", "secrets of an identity",
            "banzaicloud.io/", "1password.io/", "conjur.org/"),
        .. Keys(Both, "injectors of tracing", "containers, variables, volumes",
            "opentelemetry.io/", "jaegertracing.io/", "admission.datadoghq.com/", "dynatrace.com/"),
        .. Keys(Both, "Kueue and other schedulers", "another queue than the project's",
            "kueue.x-k8s.io/", "scheduling.x-k8s.io/", "scheduling.k8s.io/"),
    ];

    /// <summary>The first that covers the entry; null where none does.</summary>
    public static ReservedKey? Find(this IEnumerable<ReservedKey> keys, KeyPlaces place, string key, string value) =>
        keys.FirstOrDefault(reserved => reserved.Covers(place, key, value));

    private static IEnumerable<ReservedKey> Keys(KeyPlaces on, string readBy, string why, params string[] keys) =>
        keys.Select(key => new ReservedKey(on, new(key), readBy, why));
}
