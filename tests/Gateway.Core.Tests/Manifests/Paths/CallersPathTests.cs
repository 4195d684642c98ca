using System.Text.Json;
using Gateway.Core.Manifests.Paths;
using Gateway.Core.Workloads;
using Xunit;

namespace Gateway.Core.Tests.Manifests.Paths;

public sealed class CallersPathTests
{
    private static readonly WorkloadSubmission Submission = JsonSerializer.Deserialize<WorkloadSubmission>(
        """
        {
          "type": "train", "name": "a", "image": "busybox",
          "env": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}],
          "volumes": [
            {"mountPath": "/a", "claim": {"name": "data"}},
            {"mountPath": "/b", "claim": {"name": "data"}},
            {"mountPath": "/c", "newClaim": {"size": "1Gi"}},
            {"mountPath": "/d", "hostPath": {"path": "/mnt"}},
            {"mountPath": "/e", "git": {"repository": "https://example.org/a.git"}},
            {"mountPath": "/f", "secret": {"name": "keys", "mode": "0400"}}],
          "sharedMemory": {"size": "1Gi"}, "createHomeDirectory": true, "ports": [{"port": 80}, {"port": 81}]
        }
        """, WorkloadJson.Options)!;

    [Theory]
    [InlineData("Job", "metadata.name", "name")]
    [InlineData("Job", "metadata.labels", "labels")]
    [InlineData("Job", "metadata.annotations[example.org/a]", "annotations")]
    [InlineData("Job", "metadata.labels[kai.scheduler/preemptibility]", "scheduling.preemptible")]
    [InlineData("Job", "metadata.annotations[kai.scheduler/topology]", "scheduling.topology.name")]
    [InlineData("Job", "spec.backoffLimit", "backoffLimit")]
    [InlineData("Job", "spec.completionMode", "indexed")]
    [InlineData("Job", "spec.activeDeadlineSeconds", "deadlineSeconds")]
    [InlineData("Job", "spec.suspend", "suspended")]
    [InlineData("StatefulSet", "spec.replicas", "replicas")]
    [InlineData("StatefulSet", "spec.serviceName", "name")]
    [InlineData("Job", "spec.template.metadata.annotations[gpu-fraction]", "gpu.fraction")]
    [InlineData("Job", "spec.template.metadata.labels[user]", "user")]
    [InlineData("Job", "spec.template.spec.restartPolicy", "restartPolicy")]
    [InlineData("Job", "spec.template.spec.activeDeadlineSeconds", "timeLimitSeconds")]
    [InlineData("Pod", "spec.activeDeadlineSeconds", "timeLimitSeconds")]
    [InlineData("Job", "spec.template.spec.hostIPC", "security.hostIpc")]
    [InlineData("Job", "spec.template.spec.securityContext.supplementalGroups[1]", "security.supplementalGroups[1]")]
    [InlineData("Job", "spec.template.spec.securityContext.seccompProfile.type", "security.seccompProfile")]
    [InlineData("Job", "spec.template.spec.imagePullSecrets[1].name", "imagePullSecrets[1]")]
    public void Field_OfTheObjectOrItsPod_IsTheCallers(string kind, string field, string path) => AssertBecomes(kind, field, path);

    [Theory]
    [InlineData("name", "name")]
    [InlineData("image", "image")]
    [InlineData("command[1]", "command[1]")]
    [InlineData("env[1].name", "env[1].name")]
    [InlineData("env[1].valueFrom", "env[1]")]
    [InlineData("env[1].valueFrom.secretKeyRef.key", "env[1].secret.key")]
    [InlineData("env[1].valueFrom.configMapKeyRef.name", "env[1].configMap.name")]
    [InlineData("env[1].valueFrom.fieldRef.fieldPath", "env[1].field")]
    [InlineData("env[2].name", "createHomeDirectory")]
    [InlineData("envFrom[1].secretRef.name", "envFrom[1].secret")]
    [InlineData("resources.limits[nvidia.com/gpu]", "gpu.count")]
    [InlineData("resources.limits[nvidia.com/mig-1g.5gb]", "gpu.mig")]
    [InlineData("resources.requests[cpu]", "cpu.request")]
    [InlineData("resources.limits[ephemeral-storage]", "ephemeralStorage.limit")]
    [InlineData("resources.limits[rdma/hca]", "extendedResources")]
    [InlineData("ports[1].containerPort", "ports[1].port")]
    [InlineData("ports[1].hostPort", "ports[1].port")]
    [InlineData("securityContext.capabilities.add[0]", "security.capabilities.add[0]")]
    [InlineData("readinessProbe.httpGet.port", "readinessProbe.httpGet.port")]
    [InlineData("volumeMounts[1].mountPath", "volumes[1].mountPath")]
    [InlineData("volumeMounts[1].name", "volumes[1]")]
    [InlineData("volumeMounts[6].mountPath", "sharedMemory")]
    [InlineData("volumeMounts[7].mountPath", "createHomeDirectory")]
    public void Field_OfTheContainer_IsTheCallers(string field, string path)
    {
        AssertBecomes("Job", $"spec.template.spec.containers[0].{field}", path);
        AssertBecomes("Pod", $"spec.containers[0].{field}", path);
    }

    // The pod has five volumes for the caller's six: the first two mount the same claim.
    [Theory]
    [InlineData("volumes", "volumes")]
    [InlineData("volumes[0].persistentVolumeClaim.claimName", "volumes[0].claim.name")]
    [InlineData("volumes[0].name", "volumes[0]")]
    [InlineData("volumes[1].persistentVolumeClaim.claimName", "volumes[2].newClaim")]
    [InlineData("volumes[2].hostPath.path", "volumes[3].hostPath.path")]
    [InlineData("volumes[3].emptyDir", "volumes[4].git")]
    [InlineData("volumes[4].secret.secretName", "volumes[5].secret.name")]
    [InlineData("volumes[4].secret.defaultMode", "volumes[5].secret.mode")]
    [InlineData("volumes[5].emptyDir.sizeLimit", "sharedMemory")]
    [InlineData("volumes[6].emptyDir", "createHomeDirectory")]
    [InlineData("initContainers[0].args[0]", "volumes[4].git.repository")]
    [InlineData("initContainers[0].image", "volumes[4].git")]
    [InlineData("initContainers[0].volumeMounts[1].mountPath", "volumes[4].git")]
    [InlineData("initContainers[0].resources.limits[memory]", "memory.limit")]
    [InlineData("volumes[7].emptyDir", "volumes")]
    public void Field_OfAVolume_IsTheCallers(string field, string path) => AssertBecomes("Job", $"spec.template.spec.{field}", path);

    [Theory]
    [InlineData("Job", "spec.template.spec.tolerations[0].operator", "scheduling.tolerations[0].operator")]
    [InlineData("Pod", "spec.nodeSelector", "scheduling.nodeSelector")]
    [InlineData("Pod", "spec.nodeSelector[run.ai/type]", "scheduling.nodeType")]
    [InlineData("Job", "spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[1].matchExpressions[0].values", "scheduling.nodeAffinity.required[1].matchExpressions[0].values")]
    [InlineData("Job", "spec.template.spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight", "scheduling.nodeAffinity.preferred[0].weight")]
    [InlineData("Job", "spec.template.spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey", "scheduling.podAffinity.required")]
    [InlineData("Job", "spec.template.spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.topologyKey", "scheduling.podAffinity.preferred")]
    public void Field_OfScheduling_IsTheCallers(string kind, string field, string path) => AssertBecomes(kind, field, path);

    [Theory]
    [InlineData("Service", "spec.type", "expose")]
    [InlineData("Service", "spec.ports[1].nodePort", "ports[1].nodePort")]
    [InlineData("Service", "metadata.name", "name")]
    [InlineData("Ingress", "spec.rules[1].host", "ports[1]")]
    [InlineData("Ingress", "spec.ingressClassName", "expose")]
    [InlineData("PersistentVolumeClaim", "spec.resources.requests[storage]", "volumes[2].newClaim.size")]
    [InlineData("PersistentVolumeClaim", "spec.accessModes[0]", "volumes[2].newClaim.accessModes[0]")]
    [InlineData("PersistentVolumeClaim", "spec.storageClassName", "volumes[2].newClaim.storageClass")]
    public void Field_OfACompanion_IsTheCallers(string kind, string field, string path) => AssertBecomes(kind, field, path);

    [Theory]
    [InlineData("Job", "tolerations")]
    [InlineData("Job", "spec.template.spec.schedulerName")]
    [InlineData("Job", "spec.template.spec.containers[1].image")]
    [InlineData("Service", "spec.clusterIPs[0]")]
    public void Field_OfNobody_StaysTheClusters(string kind, string field) => AssertBecomes(kind, field, field);

    private static void AssertBecomes(string kind, string field, string path) => Assert.Equal(path, CallersPath.Of(Submission, kind, "a-0", field));
}
