namespace Gateway.Api.Errors.Admission;

/// <summary>What the limit ranges of a project refuse: https://kubernetes.io/docs/concepts/policy/limit-range/</summary>
internal static class LimitRangeRefusals
{
    private const string Usage = "(?<resource>\\S+) usage per (?:Container|Pod) is (?<bound>\\S+)";
    private const string OfClaim = "storage usage per PersistentVolumeClaim is (?<bound>\\S+)";
    private const string Found = ", but (?<part>request|limit) is (?<value>[^\\s,\\]]+)";
    private const string Ratio = "(?<resource>[^\\s\\[]+) max limit to request ratio per \\w+ is (?<bound>\\S+), but ";

    public static IEnumerable<AdmissionRefusal> All =>
    [
        new("LimitRanger", "unable to .* because there was an error enforcing limit ranges",
            ProblemTypes.ClusterUnavailable, "The cluster cannot read the project's LimitRange at the moment."),
        new("LimitRanger", "\\[?(minimum|maximum) \\S+ usage per |\\[?\\S+ max limit to request ratio per ",
            ProblemTypes.PolicyDenied, "the project's LimitRange",
            [
                new($"minimum {OfClaim}{Found}", PodFields.Size, "must be at least {bound}, and is {value}"),
                new($"maximum {OfClaim}{Found}", PodFields.Size, "must be at most {bound}, and is {value}"),
                new($"minimum {Usage}{Found}", PodFields.Part, "must be at least {bound}, and is {value}"),
                new($"maximum {Usage}{Found}", PodFields.Part, "must be at most {bound}, and is {value}"),
                new($"minimum {Usage}\\.  No request is specified", PodFields.Request, "must be given, and at least {bound}"),
                new($"maximum {Usage}\\.  No limit is specified", PodFields.Limit, "must be given, and at most {bound}"),
                new($"{Ratio}no (?<part>request|limit) is",
                    PodFields.Part, "must be given: the limit may be at most {bound} times the request"),
                new($"{Ratio}provided ratio is (?<value>[0-9]+(\\.[0-9]*[1-9])?)",
                    PodFields.Limit, "must be at most {bound} times the request, and is {value} times"),
            ]),
    ];
}
