using System.Text.RegularExpressions;
using Gateway.Api.Cluster;

namespace Gateway.Api.Errors.Admission;

/// <summary>
/// What the admission plugins of Kubernetes 1.36 refuse, by their own words:
/// https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/. Left out are those that only fill in
/// (AlwaysPullImages, DefaultIngressClass, DefaultStorageClass, DefaultTolerationSeconds, ExtendedResourceToleration,
/// StorageObjectInUseProtection), those about what the gateway never asks for (DenyServiceExternalIPs, the anti-affinity of
/// LimitPodHardAntiAffinityTopology, owners that block deletion, integer priorities, overheads), and those about nodes, bindings,
/// certificates, events, resizing and pod groups.
/// </summary>
internal static partial class AdmissionRefusals
{
    /// <summary>The table. The first row that fits counts.</summary>
    public static IReadOnlyList<AdmissionRefusal> All { get; } =
    [
        new("NamespaceLifecycle", "unable to create new content in namespace \\S+ because it is being terminated",
            ProblemTypes.ProjectTerminating, "The project's namespace is being deleted."),
        // Other plugins say the same.
        new("NamespaceLifecycle", "not yet ready to handle request",
            ProblemTypes.ClusterUnavailable, "The cluster is not ready to answer."),
        .. LimitRangeRefusals.All,
        .. PodSecurityRefusals.All,
        .. PodRefusals.All,
        .. WebhookRefusals.All,
        .. QuotaRefusals.All,
    ];

    /// <summary>What the caller is told of an admission plugin's refusal; null where it is none of those.</summary>
    public static Problem? Find(ClusterException e)
    {
        var why = Why(e);
        var path = e.ToCallersPath();
        return ExceededQuota.Of(why, path) ?? All.Select(row => row.Of(why, path)).FirstOrDefault(told => told is not null);
    }

    /// <summary>What was refused, without the name of the object.</summary>
    public static string Why(ClusterException e) => Prefix().Replace(e.Message, "", 1);

    [GeneratedRegex("^(?:\\S+ (?:\"[^\"]*\" )?is forbidden: |Internal error occurred: )")]
    private static partial Regex Prefix();
}
