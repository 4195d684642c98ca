namespace Gateway.Api.Errors.Admission;

/// <summary>What pods are refused for by their account, priority, nodes and images.</summary>
internal static class PodRefusals
{
    private const string Unlisted = " referencing secret.secretName=\"(?<secret>[^\"]*)\" is not allowed";
    private const string NotListed = "must not name the Secret {secret}, which the account does not list";
    private const string Selector = "scheduling.nodeSelector";

    public static IEnumerable<AdmissionRefusal> All =>
    [
        new("ServiceAccount", "error looking up service account [^/]+/(?<account>[^:]+): .* not found",
            ProblemTypes.ProjectNotSetUp, "The project's namespace has no service account {account}, as which its pods run."),
        new("ServiceAccount", "error looking up service account",
            ProblemTypes.ClusterUnavailable, "The cluster cannot look up the service account of the pods at the moment."),
        new("ServiceAccount", ".* is not allowed because service account (?<account>\\S+) does not reference that",
            ProblemTypes.PolicyDenied, "the service account {account} of the pods",
            [
                new("^volume with secret\\.secretName=\"(?<secret>[^\"]*)\" is not allowed", "volumes", NotListed),
                new($"^container \\S+ with envVar \\S+{Unlisted}", "env", NotListed),
                new($"^container \\S+ with envFrom{Unlisted}", "envFrom", NotListed),
                new($"^init container \\S+ with envVar \\S+{Unlisted}", "volumes", NotListed),
                new("^imagePullSecrets\\[(?<index>[0-9]+)\\]\\.name=\"(?<secret>[^\"]*)\" is not allowed", "imagePullSecrets[{index}]", NotListed),
            ]),
        new("Priority", "no PriorityClass with name (?<name>\\S+) was found", ProblemTypes.InvalidWorkload, "the cluster",
            [new("name (?<name>\\S+) was", "scheduling.priorityClass", "names the priority class {name}, which is not there")]),
        new("PodNodeSelector", "pod node label selector conflicts with its namespace node label selector",
            ProblemTypes.PolicyDenied, "the project's namespace",
            [new("^", Selector, "contradicts the node selector that every pod here gets")]),
        new("PodNodeSelector", "pod node label selector labels conflict with its namespace whitelist",
            ProblemTypes.PolicyDenied, "the cluster's PodNodeSelector",
            [new("^", Selector, "has labels that the project may not ask for")]),
        // This one comes as a 500 without a reason.
        new("PodTolerationRestriction", "(namespace tolerations and )?pod tolerations .*conflict",
            ProblemTypes.PolicyDenied, "the cluster's PodTolerationRestriction",
            [new("^", "scheduling.tolerations", "has tolerations that the project may not have")]),
        new("RuntimeClass", "pod rejected: RuntimeClass \"(?<name>[^\"]*)\" not found", ProblemTypes.PolicyDenied,
            "The cluster gives the pods the RuntimeClass {name}, and has none of that name: its operator has to make it."),
        new("RuntimeClass", "conflict: runtimeClass\\.scheduling\\.nodeSelector", ProblemTypes.PolicyDenied, "the RuntimeClass of the pods",
            [new("nodeSelector\\[(?<key>[^\\]]*)\\] = (?<value>[^;]*);", Selector, "must not have another {key} than {value}")]),
        new("ImagePolicyWebhook", "image policy webook backend denied one or more images|one or more images rejected by webhook backend",
            ProblemTypes.PolicyDenied, "the cluster's image policy",
            [new("^[^:]*(?<why>.*)", "image", "is denied{why}")]),
    ];
}
