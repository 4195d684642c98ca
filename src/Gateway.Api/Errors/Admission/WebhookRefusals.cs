namespace Gateway.Api.Errors.Admission;

/// <summary>What the cluster's webhooks and admission policies refuse, and webhooks that do not answer. They choose the status themselves.</summary>
internal static class WebhookRefusals
{
    // Such a webhook takes no dry run tomorrow either.
    private static readonly ProblemType NeverKnown = ProblemTypes.ClusterError with { Retryable = false };

    public static IEnumerable<AdmissionRefusal> All =>
    [
        new("ValidatingAdmissionWebhook", "admission webhook \"[^\"]*\" denied the request", ProblemTypes.PolicyDenied, ""),
        new("ValidatingAdmissionWebhook", "admission webhook \"(?<name>[^\"]*)\" does not support dry run", NeverKnown,
            "The admission webhook {name} of the cluster takes no dry runs: whether it would refuse this cannot be known."),
        new("ValidatingAdmissionWebhook", "failed calling webhook \"(?<name>[^\"]*)\"", ProblemTypes.ClusterUnavailable,
            "The admission webhook {name} of the cluster does not answer, and nothing is admitted without it."),
        new("ValidatingAdmissionPolicy", "(Validating|Mutating)AdmissionPolicy '[^']*'.* denied request", ProblemTypes.PolicyDenied, ""),
    ];
}
