using System.Text.RegularExpressions;
using Gateway.Api.Cluster;

namespace Gateway.Api.Errors;

/// <summary>
/// What the admission plugins of Kubernetes 1.36 refuse, by their own words:
/// https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/. Left out are those that only fill in (AlwaysPullImages,
/// DefaultIngressClass, DefaultStorageClass, DefaultTolerationSeconds, ExtendedResourceToleration, StorageObjectInUseProtection), those
/// about what the gateway never asks for (DenyServiceExternalIPs, LimitPodHardAntiAffinityTopology, OwnerReferencesPermissionEnforcement,
/// pod priorities and overheads), and those about nodes, bindings, certificates, events, resizing and pod groups.
/// </summary>
internal static partial class AdmissionRefusals
{
    private const string Requests = "spec.containers[0].resources.requests[{resource}]";
    private const string Limits = "spec.containers[0].resources.limits[{resource}]";
    private const string Part = "spec.containers[0].resources.{part}s[{resource}]";
    private const string Size = "spec.resources.requests[storage]";
    private const string Unlisted = " referencing secret.secretName=\"(?<secret>[^\"]*)\" is not allowed";
    private const string NotListed = "must not name the Secret {secret}, which the account does not list";

    // A dry run that cannot be made says nothing of the workload, today or tomorrow.
    private static readonly ProblemType NeverKnown = ProblemTypes.ClusterError with { Retryable = false };

    /// <summary>The table. Of a plugin the first row that fits counts.</summary>
    public static IReadOnlyList<AdmissionRefusal> All { get; } =
    [
        new("NamespaceLifecycle", "unable to create new content in namespace \\S+ because it is being terminated", ProblemTypes.ProjectTerminating, "The project's namespace is being deleted."),
        // Any plugin, while the server starts.
        new("NamespaceLifecycle", "not yet ready to handle request", ProblemTypes.ClusterUnavailable, "The cluster is not ready to answer."),
        new("LimitRanger", "unable to .* because there was an error enforcing limit ranges", ProblemTypes.ClusterUnavailable, "The cluster cannot read the project's LimitRange at the moment."),
        new("LimitRanger", "\\[?(minimum|maximum) \\S+ usage per |\\[?\\S+ max limit to request ratio per ", ProblemTypes.PolicyDenied, "the project's LimitRange",
        [
            new("minimum storage usage per PersistentVolumeClaim is (?<bound>\\S+), but request is (?<value>[^\\s,\\]]+)", Size, "must be at least {bound}, and is {value}"),
            new("maximum storage usage per PersistentVolumeClaim is (?<bound>\\S+), but request is (?<value>[^\\s,\\]]+)", Size, "must be at most {bound}, and is {value}"),
            new("minimum (?<resource>\\S+) usage per (Container|Pod) is (?<bound>\\S+), but (?<part>request|limit) is (?<value>[^\\s,\\]]+)", Part, "must be at least {bound}, and is {value}"),
            new("maximum (?<resource>\\S+) usage per (Container|Pod) is (?<bound>\\S+), but (?<part>request|limit) is (?<value>[^\\s,\\]]+)", Part, "must be at most {bound}, and is {value}"),
            new("minimum (?<resource>\\S+) usage per (Container|Pod) is (?<bound>\\S+)\\.  No request is specified", Requests, "must be given, and at least {bound}"),
            new("maximum (?<resource>\\S+) usage per (Container|Pod) is (?<bound>\\S+)\\.  No limit is specified", Limits, "must be given, and at most {bound}"),
            new("(?<resource>[^\\s\\[]+) max limit to request ratio per \\w+ is (?<bound>\\S+), but no (?<part>request|limit) is", Part, "must be given: the limit may be at most {bound} times the request"),
            new("(?<resource>[^\\s\\[]+) max limit to request ratio per \\w+ is (?<bound>\\S+), but provided ratio is (?<value>[0-9]+(\\.[0-9]*[1-9])?)", Limits, "must be at most {bound} times the request, and is {value} times"),
        ]),
        new("ServiceAccount", "error looking up service account [^/]+/(?<account>[^:]+): .* not found", ProblemTypes.ProjectNotSetUp, "The project's namespace has no service account {account}, as which its pods run."),
        new("ServiceAccount", "error looking up service account", ProblemTypes.ClusterUnavailable, "The cluster cannot look up the service account of the pods at the moment."),
        new("ServiceAccount", ".* is not allowed because service account (?<account>\\S+) does not reference that", ProblemTypes.PolicyDenied, "the service account {account} of the pods",
        [
            new("^volume with secret\\.secretName=\"(?<secret>[^\"]*)\" is not allowed", "volumes", NotListed),
            new($"^container \\S+ with envVar \\S+{Unlisted}", "env", NotListed),
            new($"^container \\S+ with envFrom{Unlisted}", "envFrom", NotListed),
            new($"^init container \\S+ with envVar \\S+{Unlisted}", "volumes", NotListed),
            new("^imagePullSecrets\\[(?<index>[0-9]+)\\]\\.name=\"(?<secret>[^\"]*)\" is not allowed", "imagePullSecrets[{index}]", NotListed),
        ]),
        new("PodSecurity", "violates PodSecurity \"(?<level>[^\"]*)\"", ProblemTypes.PolicyDenied, "the Pod Security level {level} of the project's namespace",
        [
            new("allowPrivilegeEscalation != false \\(", "security.allowPrivilegeEscalation", "must be false"),
            new("unrestricted capabilities \\([^)]*capabilities\\.drop", "security.capabilities.drop", "must have ALL"),
            new("(unrestricted|non-default) capabilities \\([^)]*must not include (?<names>.*?) in securityContext", "security.capabilities.add", "must not have {names}"),
            new("runAsNonRoot != true \\(", "security.runAsNonRoot", "must be true"),
            new("runAsUser=0 \\(", "security.runAsUser", "must not be 0"),
            new("seccompProfile \\(", "security.seccompProfile", "must be RuntimeDefault"),
            new("host namespaces \\([^)]*hostNetwork=true", "security.hostNetwork", "must not be true"),
            new("host namespaces \\([^)]*hostIPC=true", "security.hostIpc", "must not be true"),
            new("hostPort \\(", "security.hostNetwork", "must not be true where there are ports"),
            new("hostPath volumes \\(", "volumes", "must have no hostPath"),
            new("restricted volume types \\([^)]*restricted volume types? (?<names>.*?)\\)", "volumes", "must not be of the type {names}"),
        ]),
        new("PodNodeSelector", "pod node label selector conflicts with its namespace node label selector", ProblemTypes.PolicyDenied, "the project's namespace",
        [
            new("^", "scheduling.nodeSelector", "contradicts the node selector that every pod here gets"),
        ]),
        new("PodNodeSelector", "pod node label selector labels conflict with its namespace whitelist", ProblemTypes.PolicyDenied, "the cluster's PodNodeSelector",
        [
            new("^", "scheduling.nodeSelector", "has labels that the project may not ask for"),
        ]),
        new("Priority", "no PriorityClass with name (?<name>\\S+) was found", ProblemTypes.InvalidWorkload, "the cluster",
        [
            new("name (?<name>\\S+) was", "scheduling.priorityClass", "names the priority class {name}, which is not there"),
        ]),
        // Some versions let these two go out without a status of their own: 500.
        new("PodTolerationRestriction", "(namespace tolerations and pod tolerations conflict|pod tolerations .*conflict with its namespace whitelist)", ProblemTypes.PolicyDenied, "the cluster's PodTolerationRestriction",
        [
            new("^", "scheduling.tolerations", "has tolerations that the project may not have"),
        ]),
        new("ImagePolicyWebhook", "image policy webook backend denied one or more images|one or more images rejected by webhook backend", ProblemTypes.PolicyDenied, "the cluster's image policy",
        [
            new("^[^:]*(?<why>.*)", "image", "is denied{why}"),
        ]),
        new("RuntimeClass", "pod rejected: RuntimeClass \"(?<name>[^\"]*)\" not found", ProblemTypes.PolicyDenied, "The cluster gives the pods the RuntimeClass {name}, and has none of that name: its operator has to make it."),
        new("RuntimeClass", "conflict: runtimeClass\\.scheduling\\.nodeSelector", ProblemTypes.PolicyDenied, "the RuntimeClass of the pods",
        [
            new("nodeSelector\\[(?<key>[^\\]]*)\\] = (?<value>[^;]*);", "scheduling.nodeSelector", "must not have another {key} than {value}"),
        ]),
        new("MutatingAdmissionWebhook", "admission webhook \"(?<name>[^\"]*)\" does not support dry run", NeverKnown, "The admission webhook {name} of the cluster takes no dry runs: whether it would refuse this cannot be known."),
        new("ValidatingAdmissionWebhook", "admission webhook \"[^\"]*\" denied the request", ProblemTypes.PolicyDenied, ""),
        new("ValidatingAdmissionWebhook", "failed calling webhook \"(?<name>[^\"]*)\"", ProblemTypes.ClusterUnavailable, "The admission webhook {name} of the cluster does not answer, and nothing is admitted without it."),
        new("ValidatingAdmissionPolicy", "(Validating|Mutating)AdmissionPolicy '[^']*'.* denied request", ProblemTypes.PolicyDenied, ""),
        new("ResourceQuota", "failed quota: (?<quota>[^:]+): must specify ", ProblemTypes.PolicyDenied, "the quota {quota} of the project",
        [
            new("(?<=specify |; )limits\\.(?<resource>cpu|memory)(?= for:)", Limits, "must be given"),
            new("(?<=specify |; )(requests\\.)?(?<resource>cpu|memory)(?= for:)", Requests, "must be given"),
        ]),
        new("ResourceQuota", "status unknown for quota: (?<quota>[^,]+),", ProblemTypes.QuotaExceeded, "The quota {quota} of the project is new: the cluster has not counted yet what is used of it."),
        new("ResourceQuota", "insufficient quota to consume: (?<resources>.*)", ProblemTypes.PolicyDenied, "The cluster gives {resources} only to projects with a quota for it, and this one has none."),
        // Without a status of its own: 500.
        new("ResourceQuota", "insufficient quota to match these scopes: ", ProblemTypes.PolicyDenied, "the cluster's rules of quotas",
        [
            new("\\{PriorityClass ", "scheduling.priorityClass", "needs a quota of the project for that priority class"),
        ]),
        new("ResourceQuota", "resource quota evaluation timed out", ProblemTypes.ClusterTimeout, "The cluster did not count its quotas in time."),
    ];

    /// <summary>What the caller is told of an admission plugin's refusal; null where it is none of those.</summary>
    public static Problem? Find(ClusterException e)
    {
        var why = Why(e);
        var path = e.ToCallersPath();
        return QuotaRefusal.Of(why, path) ?? All.Select(row => row.Of(why, path)).FirstOrDefault(told => told is not null);
    }

    /// <summary>What was refused, without the name of the object.</summary>
    public static string Why(ClusterException e) => Prefix().Replace(e.Message, "", 1);

    [GeneratedRegex("^(?:\\S+ (?:\"[^\"]*\" )?is forbidden: |Internal error occurred: )")]
    private static partial Regex Prefix();
}
