using Gateway.Embedded.Kinds.Core;
using Gateway.Embedded.Kinds.Pods;
using Gateway.Embedded.Kinds.Workloads;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kinds;

/// <summary>The kinds that have rules of their own.</summary>
internal static class RulesByKind
{
    private static readonly KindRules None = new();

    private static readonly Dictionary<ResourceType, KindRules> Table = new()
    {
        [ResourceTypes.Namespaces] = NamespaceRules.Rules,
        [ResourceTypes.Jobs] = JobRules.Rules,
        [ResourceTypes.StatefulSets] = StatefulSetRules.Rules,
        [ResourceTypes.Pods] = PodRules.Rules,
        [ResourceTypes.Services] = ServiceRules.Rules,
        [ResourceTypes.Ingresses] = IngressRules.Rules,
        [ResourceTypes.Claims] = ClaimRules.Rules,
        [ResourceTypes.Events] = EventRules.Rules,
        [ResourceTypes.Quotas] = QuotaRules.Rules,
        [ResourceTypes.LimitRanges] = LimitRangeRules.Rules,
        [ResourceTypes.RoleBindings] = BindingRules.Rules,
        [ResourceTypes.ClusterRoleBindings] = BindingRules.Rules,
    };

    public static KindRules Of(ResourceType type) => Table.GetValueOrDefault(type, None);
}
