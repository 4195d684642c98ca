namespace Gateway.Embedded.Store;

/// <summary>Every kind the cluster serves, as a table.</summary>
internal static class ResourceTypes
{
    private const string Rbac = "rbac.authorization.k8s.io";
    private const string Authentication = "authentication.k8s.io";
    private const string Authorization = "authorization.k8s.io";
    private static readonly string[] All = ["all"];
    private static readonly string[] CreateOnly = ["create"];
    private static readonly string[] Status = ["status"];

    public static readonly ResourceType Namespaces = new("", "v1", "Namespace", "namespaces") { Namespaced = false, ShortNames = ["ns"], Subresources = ["status", "finalize"] };
    public static readonly ResourceType ServiceAccounts = new("", "v1", "ServiceAccount", "serviceaccounts") { ShortNames = ["sa"], Subresources = ["token"], ReturnsDeleted = true };
    public static readonly ResourceType Pods = new("", "v1", "Pod", "pods") { ShortNames = ["po"], Categories = All, Subresources = ["status", "log", "binding", "eviction"], HasGeneration = true, ReturnsDeleted = true };
    public static readonly ResourceType Services = new("", "v1", "Service", "services") { ShortNames = ["svc"], Categories = All, Subresources = Status, ReturnsDeleted = true };
    public static readonly ResourceType Claims = new("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims") { ShortNames = ["pvc"], Subresources = Status, ReturnsDeleted = true };
    public static readonly ResourceType Events = new("", "v1", "Event", "events") { ShortNames = ["ev"] };
    public static readonly ResourceType ConfigMaps = new("", "v1", "ConfigMap", "configmaps") { ShortNames = ["cm"] };
    public static readonly ResourceType Secrets = new("", "v1", "Secret", "secrets");
    public static readonly ResourceType Quotas = new("", "v1", "ResourceQuota", "resourcequotas") { ShortNames = ["quota"], Subresources = Status, ReturnsDeleted = true };
    public static readonly ResourceType LimitRanges = new("", "v1", "LimitRange", "limitranges") { ShortNames = ["limits"] };
    public static readonly ResourceType Nodes = new("", "v1", "Node", "nodes") { Namespaced = false, ShortNames = ["no"], Subresources = Status };
    public static readonly ResourceType Jobs = new("batch", "v1", "Job", "jobs") { Categories = All, Subresources = Status, HasGeneration = true, OrphansByDefault = true };
    public static readonly ResourceType StatefulSets = new("apps", "v1", "StatefulSet", "statefulsets") { ShortNames = ["sts"], Categories = All, Subresources = ["scale", "status"], HasGeneration = true };
    public static readonly ResourceType ControllerRevisions = new("apps", "v1", "ControllerRevision", "controllerrevisions");
    public static readonly ResourceType Ingresses = new("networking.k8s.io", "v1", "Ingress", "ingresses") { ShortNames = ["ing"], Subresources = Status, HasGeneration = true };
    public static readonly ResourceType PriorityClasses = new("scheduling.k8s.io", "v1", "PriorityClass", "priorityclasses") { Namespaced = false, ShortNames = ["pc"], HasGeneration = true };
    public static readonly ResourceType Roles = new(Rbac, "v1", "Role", "roles");
    public static readonly ResourceType ClusterRoles = new(Rbac, "v1", "ClusterRole", "clusterroles") { Namespaced = false };
    public static readonly ResourceType RoleBindings = new(Rbac, "v1", "RoleBinding", "rolebindings");
    public static readonly ResourceType ClusterRoleBindings = new(Rbac, "v1", "ClusterRoleBinding", "clusterrolebindings") { Namespaced = false };
    public static readonly ResourceType PodGroups = new("scheduling.run.ai", "v2alpha2", "PodGroup", "podgroups") { ShortNames = ["pg"], Subresources = Status, HasGeneration = true, Custom = true };
    public static readonly ResourceType Queues = new("scheduling.run.ai", "v2", "Queue", "queues") { Namespaced = false, Subresources = Status, HasGeneration = true, Custom = true };
    public static readonly ResourceType TokenReviews = new(Authentication, "v1", "TokenReview", "tokenreviews") { Namespaced = false, Verbs = CreateOnly };
    public static readonly ResourceType SelfSubjectReviews = new(Authentication, "v1", "SelfSubjectReview", "selfsubjectreviews") { Namespaced = false, Verbs = CreateOnly };
    public static readonly ResourceType AccessReviews = new(Authorization, "v1", "SubjectAccessReview", "subjectaccessreviews") { Namespaced = false, Verbs = CreateOnly };
    public static readonly ResourceType LocalAccessReviews = new(Authorization, "v1", "LocalSubjectAccessReview", "localsubjectaccessreviews") { Verbs = CreateOnly };
    public static readonly ResourceType SelfAccessReviews = new(Authorization, "v1", "SelfSubjectAccessReview", "selfsubjectaccessreviews") { Namespaced = false, Verbs = CreateOnly };
    public static readonly ResourceType SelfRulesReviews = new(Authorization, "v1", "SelfSubjectRulesReview", "selfsubjectrulesreviews") { Namespaced = false, Verbs = CreateOnly };

    public static IReadOnlyList<ResourceType> Table { get; } =
    [
        Namespaces, ServiceAccounts, Pods, Services, Claims, Events, ConfigMaps, Secrets, Quotas, LimitRanges, Nodes,
        Jobs, StatefulSets, ControllerRevisions, Ingresses, PriorityClasses,
        Roles, ClusterRoles, RoleBindings, ClusterRoleBindings, PodGroups, Queues,
        TokenReviews, SelfSubjectReviews, AccessReviews, LocalAccessReviews, SelfAccessReviews, SelfRulesReviews,
    ];

    private static readonly Dictionary<(string Group, string Version, string Plural), ResourceType> ByPath =
        Table.ToDictionary(type => (type.Group, type.Version, type.Plural));

    public static ResourceType? Find(string group, string version, string plural) => ByPath.GetValueOrDefault((group, version, plural));
}
