namespace Gateway.Api.Errors.Admission;

/// <summary>What quotas refuse, apart from those that have no room: https://kubernetes.io/docs/concepts/policy/resource-quotas/</summary>
internal static class QuotaRefusals
{
    public static IEnumerable<AdmissionRefusal> All =>
    [
        new("ResourceQuota", "failed quota: (?<quota>[^:]+): must specify ", ProblemTypes.PolicyDenied, "the quota {quota} of the project",
            [
                new("(?<=specify |; )limits\\.(?<resource>cpu|memory)(?= for:)", PodFields.Limit, "must be given"),
                new("(?<=specify |; )(requests\\.)?(?<resource>cpu|memory)(?= for:)", PodFields.Request, "must be given"),
            ]),
        new("ResourceQuota", "status unknown for quota: (?<quota>[^,]+),", ProblemTypes.QuotaExceeded,
            "The quota {quota} of the project is new: the cluster has not counted yet what is used of it."),
        new("ResourceQuota", "insufficient quota to consume: (?<resources>.*)", ProblemTypes.PolicyDenied,
            "The cluster gives {resources} only to projects with a quota for it, and this one has none."),
        // This one comes as a 500 without a reason.
        new("ResourceQuota", "insufficient quota to match these scopes: ", ProblemTypes.PolicyDenied, "the cluster's rules of quotas",
            [new("\\{PriorityClass ", "scheduling.priorityClass", "needs a quota of the project for that priority class")]),
        new("ResourceQuota", "resource quota evaluation timed out", ProblemTypes.ClusterTimeout, "The cluster did not count its quotas in time."),
    ];
}
