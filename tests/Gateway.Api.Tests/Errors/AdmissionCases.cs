using Xunit;

namespace Gateway.Api.Tests.Errors;

/// <summary>What the admission plugins of Kubernetes say, word by word, and what the caller is to be told.</summary>
internal static class AdmissionCases
{
    private const string Pod = "pods \"dry-run-x\" is forbidden: ";
    private const string Secret = "referencing secret.secretName=\"s\" is not allowed because service account default does not reference that secret";

    /// <summary>Name, status and reason of the cluster, its message; status and code of the answer, whether it is worth sending again, its errors.</summary>
    public static TheoryData<string, int, string?, string, int, string, bool, string> All { get; } = new()
    {
        // NamespaceLifecycle and NamespaceExists
        { "terminating", 403, "Forbidden", $"{Pod}unable to create new content in namespace n because it is being terminated", 409, "PROJECT_TERMINATING", false, "{}" },
        { "server starts", 403, "Forbidden", $"{Pod}not yet ready to handle request", 503, "CLUSTER_UNAVAILABLE", true, "{}" },
        // LimitRanger
        { "LimitRange that cannot be read", 403, "Forbidden", $"{Pod}unable to CREATE /v1, Resource=pods at this time because there was an error enforcing limit ranges", 503, "CLUSTER_UNAVAILABLE", true, "{}" },
        { "LimitRange: limit too high", 403, "Forbidden", $"{Pod}maximum cpu usage per Container is 1, but limit is 2", 403, "POLICY_DENIED", false, """{"cpu.limit": ["must be at most 1, and is 2: the project's LimitRange"]}""" },
        { "LimitRange: two bounds", 403, "Forbidden", $"{Pod}[minimum cpu usage per Container is 1500m, but request is 1, maximum memory usage per Pod is 512Mi, but limit is 1Gi]", 403, "POLICY_DENIED", false, """{"cpu.request": ["must be at least 1500m, and is 1: the project's LimitRange"], "memory.limit": ["must be at most 512Mi, and is 1Gi: the project's LimitRange"]}""" },
        // The request is the caller's limit.
        { "LimitRange: request that is the limit", 403, "Forbidden", $"{Pod}minimum memory usage per Container is 2Gi, but request is 1Gi", 403, "POLICY_DENIED", false, """{"memory.limit": ["must be at least 2Gi, and is 1Gi: the project's LimitRange"]}""" },
        { "LimitRange: GPUs", 403, "Forbidden", $"{Pod}maximum nvidia.com/gpu usage per Container is 500m, but limit is 1", 403, "POLICY_DENIED", false, """{"gpu.count": ["must be at most 500m, and is 1: the project's LimitRange"]}""" },
        { "LimitRange: no limit", 403, "Forbidden", $"{Pod}maximum ephemeral-storage usage per Pod is 1Gi.  No limit is specified", 403, "POLICY_DENIED", false, """{"ephemeralStorage.limit": ["must be given, and at most 1Gi: the project's LimitRange"]}""" },
        { "LimitRange: no request", 403, "Forbidden", $"{Pod}minimum ephemeral-storage usage per Pod is 1Gi.  No request is specified", 403, "POLICY_DENIED", false, """{"ephemeralStorage.request": ["must be given, and at least 1Gi: the project's LimitRange"]}""" },
        { "LimitRange: ratio", 403, "Forbidden", $"{Pod}cpu max limit to request ratio per Container is 1500m, but provided ratio is 2.000000", 403, "POLICY_DENIED", false, """{"cpu.limit": ["must be at most 1500m times the request, and is 2 times: the project's LimitRange"]}""" },
        { "LimitRange: no ratio", 403, "Forbidden", $"{Pod}ephemeral-storage max limit to request ratio per Pod is 2, but no request is specified or request is 0", 403, "POLICY_DENIED", false, """{"ephemeralStorage.request": ["must be given: the limit may be at most 2 times the request: the project's LimitRange"]}""" },
        // ServiceAccount
        { "no service account", 403, "Forbidden", $"{Pod}error looking up service account n/default: serviceaccount \"default\" not found", 503, "PROJECT_NOT_SET_UP", true, "{}" },
        { "no answer about the service account", 403, "Forbidden", $"{Pod}error looking up service account n/default: etcdserver: request timed out", 503, "CLUSTER_UNAVAILABLE", true, "{}" },
        { "Secret that is mounted", 403, "Forbidden", $"{Pod}volume with secret.secretName=\"s\" is not allowed because service account default does not reference that secret", 403, "POLICY_DENIED", false, """{"volumes": ["must not name the Secret s, which the account does not list: the service account default of the pods"]}""" },
        { "Secret in env", 403, "Forbidden", $"{Pod}container a with envVar X {Secret}", 403, "POLICY_DENIED", false, """{"env": ["must not name the Secret s, which the account does not list: the service account default of the pods"]}""" },
        { "Secret in envFrom", 403, "Forbidden", $"{Pod}container a with envFrom {Secret}", 403, "POLICY_DENIED", false, """{"envFrom": ["must not name the Secret s, which the account does not list: the service account default of the pods"]}""" },
        { "Secret of a repository", 403, "Forbidden", $"{Pod}init container a with envVar X {Secret}", 403, "POLICY_DENIED", false, """{"volumes": ["must not name the Secret s, which the account does not list: the service account default of the pods"]}""" },
        { "Secret of a registry", 403, "Forbidden", $"{Pod}imagePullSecrets[0].name=\"s\" is not allowed because service account default does not reference that imagePullSecret", 403, "POLICY_DENIED", false, """{"imagePullSecrets[0]": ["must not name the Secret s, which the account does not list: the service account default of the pods"]}""" },
        // PodSecurity
        { "restricted", 403, "Forbidden", $"{Pod}violates PodSecurity \"restricted:latest\": allowPrivilegeEscalation != false (container \"a\" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container \"a\" must set securityContext.capabilities.drop=[\"ALL\"]; container \"a\" must not include \"SYS_ADMIN\" in securityContext.capabilities.add), restricted volume types (volume \"v\" uses restricted volume type \"nfs\"), runAsNonRoot != true (pod or container \"a\" must set securityContext.runAsNonRoot=true), runAsUser=0 (pod must not set runAsUser=0), seccompProfile (pod or container \"a\" must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")", 403, "POLICY_DENIED", false,
            """
            {"security.allowPrivilegeEscalation": ["must be false: the Pod Security level restricted:latest of the project's namespace"],
             "security.capabilities.drop": ["must have ALL: the Pod Security level restricted:latest of the project's namespace"],
             "security.capabilities.add": ["must not have \"SYS_ADMIN\": the Pod Security level restricted:latest of the project's namespace"],
             "volumes": ["must not be of the type \"nfs\": the Pod Security level restricted:latest of the project's namespace"],
             "security.runAsNonRoot": ["must be true: the Pod Security level restricted:latest of the project's namespace"],
             "security.runAsUser": ["must not be 0: the Pod Security level restricted:latest of the project's namespace"],
             "security.seccompProfile": ["must be RuntimeDefault: the Pod Security level restricted:latest of the project's namespace"]}
            """ },
        { "baseline", 403, "Forbidden", $"{Pod}violates PodSecurity \"baseline:v1.36\": non-default capabilities (container \"a\" must not include \"NET_ADMIN\", \"SYS_TIME\" in securityContext.capabilities.add), host namespaces (hostNetwork=true, hostIPC=true), hostPath volumes (volume \"v\"), hostPort (container \"a\" uses hostPort 80)", 403, "POLICY_DENIED", false,
            """
            {"security.capabilities.add": ["must not have \"NET_ADMIN\", \"SYS_TIME\": the Pod Security level baseline:v1.36 of the project's namespace"],
             "security.hostNetwork": ["must not be true: the Pod Security level baseline:v1.36 of the project's namespace", "must not be true where there are ports: the Pod Security level baseline:v1.36 of the project's namespace"],
             "security.hostIpc": ["must not be true: the Pod Security level baseline:v1.36 of the project's namespace"],
             "volumes": ["must have no hostPath: the Pod Security level baseline:v1.36 of the project's namespace"]}
            """ },
        // PodNodeSelector, Priority, PodTolerationRestriction, ImagePolicyWebhook, RuntimeClass
        { "node selector", 403, "Forbidden", "pods \"\" is forbidden: pod node label selector conflicts with its namespace node label selector", 403, "POLICY_DENIED", false, """{"scheduling.nodeSelector": ["contradicts the node selector that every pod here gets: the project's namespace"]}""" },
        { "labels of nodes", 403, "Forbidden", "pods \"\" is forbidden: pod node label selector labels conflict with its namespace whitelist", 403, "POLICY_DENIED", false, """{"scheduling.nodeSelector": ["has labels that the project may not ask for: the cluster's PodNodeSelector"]}""" },
        { "no priority class", 403, "Forbidden", $"{Pod}no PriorityClass with name urgent was found", 422, "INVALID_WORKLOAD", false, """{"scheduling.priorityClass": ["names the priority class urgent, which is not there: the cluster"]}""" },
        { "tolerations", 500, null, "pod tolerations (possibly merged with namespace default tolerations) conflict with its namespace whitelist", 403, "POLICY_DENIED", false, """{"scheduling.tolerations": ["has tolerations that the project may not have: the cluster's PodTolerationRestriction"]}""" },
        { "tolerations of the namespace", 500, null, "namespace tolerations and pod tolerations conflict", 403, "POLICY_DENIED", false, """{"scheduling.tolerations": ["has tolerations that the project may not have: the cluster's PodTolerationRestriction"]}""" },
        { "image", 403, "Forbidden", $"{Pod}image policy webook backend denied one or more images: unsigned", 403, "POLICY_DENIED", false, """{"image": ["is denied: unsigned: the cluster's image policy"]}""" },
        { "image without a reason", 403, "Forbidden", $"{Pod}one or more images rejected by webhook backend", 403, "POLICY_DENIED", false, """{"image": ["is denied: the cluster's image policy"]}""" },
        { "no runtime class", 403, "Forbidden", $"{Pod}pod rejected: RuntimeClass \"nvidia\" not found", 403, "POLICY_DENIED", false, "{}" },
        { "nodes of the runtime class", 403, "Forbidden", $"{Pod}conflict: runtimeClass.scheduling.nodeSelector[disk] = ssd; pod.spec.nodeSelector[disk] = hdd", 403, "POLICY_DENIED", false, """{"scheduling.nodeSelector": ["must not have another disk than ssd: the RuntimeClass of the pods"]}""" },
        // Webhooks and policies
        { "webhook", 403, "Forbidden", "admission webhook \"w.example.org\" denied the request: no", 403, "POLICY_DENIED", false, "{}" },
        { "webhook with a status of its own", 500, "Whatever", "admission webhook \"w.example.org\" denied the request: no", 403, "POLICY_DENIED", false, "{}" },
        { "webhook without dry run", 400, "BadRequest", "admission webhook \"w.example.org\" does not support dry run", 502, "CLUSTER_ERROR", false, "{}" },
        { "webhook that does not answer", 500, "InternalError", "Internal error occurred: failed calling webhook \"w.example.org\": failed to call webhook: Post \"https://w.svc:443/?timeout=10s\": dial tcp 10.0.0.1:443: connect: connection refused", 503, "CLUSTER_UNAVAILABLE", true, "{}" },
        { "policy", 422, "Invalid", $"{Pod}ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no", 403, "POLICY_DENIED", false, "{}" },
        { "policy that asks who it is", 401, "Unauthorized", $"{Pod}ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no", 403, "POLICY_DENIED", false, "{}" },
        { "policy that finds it too large", 413, "RequestEntityTooLarge", $"{Pod}ValidatingAdmissionPolicy 'p' denied request: no", 403, "POLICY_DENIED", false, "{}" },
        // ResourceQuota
        { "quota that is used up", 403, "Forbidden", $"{Pod}exceeded quota: q, requested: pods=1,requests.nvidia.com/gpu=1, used: pods=3,requests.nvidia.com/gpu=8, limited: pods=3,requests.nvidia.com/gpu=8", 403, "QUOTA_EXCEEDED", true, """{"gpu.count": ["asks for 1, and 8 of 8 is used: the quota q of the project"]}""" },
        { "quota that is too small", 403, "Forbidden", $"{Pod}exceeded quota: q, requested: limits.cpu=2,requests.memory=1Gi, used: limits.cpu=0,requests.memory=1Gi, limited: limits.cpu=1500m,requests.memory=1Gi", 403, "QUOTA_EXCEEDED", false, """{"cpu.limit": ["asks for 2, and 1500m is all there is: the quota q of the project"], "memory.limit": ["asks for 1Gi, and 1Gi of 1Gi is used: the quota q of the project"]}""" },
        { "quota of nothing", 403, "Forbidden", $"{Pod}exceeded quota: q, requested: pods=1, used: pods=0, limited: pods=0", 403, "QUOTA_EXCEEDED", false, "{}" },
        { "quota of Services", 403, "Forbidden", "services \"a-exposed\" is forbidden: exceeded quota: q, requested: services.nodeports=1, used: services.nodeports=2, limited: services.nodeports=2", 403, "QUOTA_EXCEEDED", true, """{"expose": ["asks for 1, and 2 of 2 is used: the quota q of the project"]}""" },
        { "quota that wants words", 403, "Forbidden", $"{Pod}failed quota: q: must specify limits.cpu for: memory; memory for: memory; requests.cpu for: git-0,memory", 403, "POLICY_DENIED", false, """{"cpu.limit": ["must be given: the quota q of the project"], "memory.limit": ["must be given: the quota q of the project"], "cpu.request": ["must be given: the quota q of the project"]}""" },
        { "quota that is new", 403, "Forbidden", $"{Pod}status unknown for quota: q, resources: pods", 403, "QUOTA_EXCEEDED", true, "{}" },
        { "no quota", 403, "Forbidden", $"{Pod}insufficient quota to consume: requests.nvidia.com/gpu", 403, "POLICY_DENIED", false, "{}" },
        { "no quota for the scope", 500, null, "insufficient quota to match these scopes: [{PriorityClass In [cluster-services]}]", 403, "POLICY_DENIED", false, """{"scheduling.priorityClass": ["needs a quota of the project for that priority class: the cluster's rules of quotas"]}""" },
        { "quota that takes too long", 500, "InternalError", "Internal error occurred: resource quota evaluation timed out", 504, "CLUSTER_TIMEOUT", true, "{}" },
        // What is in no table
        { "another plugin", 403, "Forbidden", $"{Pod}the moon is not full", 403, "POLICY_DENIED", false, "{}" },
        { "RBAC", 403, "Forbidden", "pods is forbidden: User \"system:serviceaccount:n:workload-gateway\" cannot create resource \"pods\" in API group \"\" in the namespace \"n\"", 503, "PROJECT_NOT_SET_UP", true, "{}" },
        { "a webhook that speaks of rights", 403, "Forbidden", "admission webhook \"w\" denied the request: User \"x\" cannot create resource \"pods\"", 403, "POLICY_DENIED", false, "{}" },
        { "another server", 403, "", "nginx", 502, "CLUSTER_ERROR", true, "{}" },
        // What the caller wrote stands in the cluster's complaint.
        { "a caller who cites a plugin", 422, "Invalid", "Pod \"dry-run-x\" is invalid: spec.x: Invalid value: \"exceeded quota: q, requested: a=1, used: a=1, limited: a=1\"", 403, "POLICY_DENIED", false, "{}" },
    };
}
