using System.Text.Json.Nodes;
using CsCheck;

namespace Gateway.Api.Tests.Workloads.Chance;

/// <summary>A valid submission with one thing broken: a value of the wrong kind, an unknown field, or a broken rule.</summary>
internal static class InvalidSubmissions
{
    // Values that no submission can have, whatever else it says.
    private static readonly string[] Broken =
    [
        """{"type": "Train"}""", """{"type": ""}""", """{"type": null}""", """{"name": "Upper"}""", """{"name": "-a"}""", """{"name": "a_b"}""", """{"name": "a\u202e"}""", """{"name": ""}""",
        """{"image": "a/UPPER"}""", """{"image": "a b"}""", """{"image": ""}""", """{"image": null}""", """{"imagePullPolicy": "Sometimes"}""", """{"imagePullSecrets": [""]}""", """{"imagePullSecrets": [null]}""",
        """{"user": " "}""", """{"command": ["a\u0000"]}""", """{"command": [null]}""", """{"args": [null]}""", """{"workingDir": "a"}""", """{"workingDir": "/a/../b"}""", """{"stdin": false, "tty": true}""",
        """{"env": [{"name": "1", "value": ""}]}""", """{"env": [{"value": ""}]}""", """{"env": [{"name": "A"}]}""", """{"env": [null]}""", """{"env": [{"name": "A", "value": "1"}, {"name": "A", "value": "1"}]}""",
        """{"env": [{"name": "GPU_PORTION", "value": "1"}]}""", """{"env": [{"name": "A", "field": "spec.nope"}]}""", """{"env": [{"name": "A", "secret": {}}]}""", """{"envFrom": [{}]}""", """{"envFrom": [{"secret": ""}]}""",
        """{"gpu": {}}""", """{"gpu": {"count": -1}}""", """{"gpu": {"fraction": 1.5}}""", """{"gpu": {"fraction": 0}}""", """{"gpu": {"fraction": 0.125}}""", """{"gpu": {"fraction": 1e-28}}""", """{"gpu": {"memory": "1e100000"}}""",
        """{"gpu": {"memory": "0"}}""", """{"gpu": {"mig": "x"}}""", """{"gpu": {"count": 1, "devices": 1}}""", """{"gpu": {"count": 1, "mig": "1g.5gb"}}""", """{"gpu": {"fraction": 0.5, "devices": 0}}""",
        """{"cpu": {}}""", """{"cpu": {"request": ""}}""", """{"cpu": {"request": "2", "limit": "1"}}""", """{"memory": {"limit": "16 Gi"}}""", """{"memory": {"limit": "-1"}}""", """{"ephemeralStorage": {"request": "1Ei"}}""",
        """{"extendedResources": {"cpu": 1}}""", """{"extendedResources": {"nvidia.com/gpu": 1}}""", """{"extendedResources": {"a.b/c": -1}}""", """{"sharedMemory": {"size": "0"}}""", """{"sharedMemory": {"size": "x"}}""",
        """{"volumes": [{}]}""", """{"volumes": [null]}""", """{"volumes": [{"mountPath": "/a"}]}""", """{"volumes": [{"mountPath": "/", "emptyDir": {}}]}""", """{"volumes": [{"mountPath": "/a:b", "emptyDir": {}}]}""",
        """{"volumes": [{"mountPath": "/a", "emptyDir": {}, "claim": {"name": "a"}}]}""", """{"volumes": [{"mountPath": "/a", "claim": {}}]}""", """{"volumes": [{"mountPath": "/a", "newClaim": {"size": "0"}}]}""",
        """{"volumes": [{"mountPath": "/a", "subPath": "/b", "emptyDir": {}}]}""", """{"volumes": [{"mountPath": "/a", "secret": {"name": "a", "mode": "0999"}}]}""", """{"volumes": [{"mountPath": "/a", "nfs": {"server": "a b", "path": "/"}}]}""",
        """{"volumes": [{"mountPath": "/a", "hostPath": {"path": "../a"}}]}""", """{"volumes": [{"mountPath": "/a", "git": {"repository": "file:///etc"}}]}""", """{"volumes": [{"mountPath": "/a", "emptyDir": {"medium": "Disk"}}]}""",
        """{"volumes": [{"mountPath": "/a", "newClaim": {"size": "1Gi", "accessModes": ["ReadWriteOncePod", "ReadWriteOnce"]}}]}""", """{"volumes": [{"mountPath": "/a", "emptyDir": {}}, {"mountPath": "/a/", "emptyDir": {}}]}""",
        """{"ports": [{}]}""", """{"ports": [null]}""", """{"ports": [{"port": 0}]}""", """{"ports": [{"port": 65536}]}""", """{"ports": [{"port": 1, "name": "1"}]}""", """{"ports": [{"port": 1, "name": "a--b"}]}""", """{"ports": [{"port": 1, "protocol": "tcp"}]}""",
        """{"ports": [{"port": 1}, {"port": 1}]}""", """{"ports": [{"port": 1, "nodePort": 1}], "expose": "NodePort"}""", """{"ports": [], "expose": "ClusterIP"}""", """{"ports": [{"port": 1}], "expose": "Nope"}""",
        """{"security": {"runAsUser": -1}}""", """{"security": {"runAsUser": 0, "runAsNonRoot": true}}""", """{"security": {"runAsGroup": 2147483648}}""", """{"security": {"supplementalGroups": [-1]}}""", """{"security": {"capabilities": {"add": ["CAP_X"]}}}""",
        """{"security": {"capabilities": {"drop": [null]}}}""", """{"security": {"seccompProfile": "Localhost"}}""", """{"readinessProbe": {}}""", """{"readinessProbe": {"tcpSocket": {}}}""", """{"readinessProbe": {"exec": {"command": []}}}""",
        """{"readinessProbe": {"tcpSocket": {"port": 1}, "periodSeconds": 0}}""", """{"readinessProbe": {"httpGet": {"port": 1, "path": "x"}}}""", """{"terminationGracePeriodSeconds": -1}""",
        """{"labels": {"a b": ""}}""", """{"labels": {"a": "a b"}}""", """{"labels": {"a": null}}""", """{"labels": {"": "a"}}""", """{"labels": {"kai.scheduler/x": "a"}}""", """{"labels": {"GPU-Fraction": "1"}}""",
        """{"annotations": {"a/b/c": ""}}""", """{"annotations": {"a": null}}""", """{"annotations": {"workload-gateway.io/user": "a"}}""",
        """{"scheduling": {"priorityClass": "nope"}}""", """{"scheduling": {"nodePool": ""}}""", """{"scheduling": {"nodeSelector": {"a": "b c"}}}""", """{"scheduling": {"nodeAffinity": {}}}""", """{"scheduling": {"podAffinity": {}}}""",
        """{"scheduling": {"nodeAffinity": {"required": [{}]}}}""", """{"scheduling": {"nodeAffinity": {"preferred": [{"weight": 0, "preference": {"matchExpressions": [{"key": "a", "operator": "Exists"}]}}]}}}""",
        """{"scheduling": {"nodeAffinity": {"required": [{"matchExpressions": [{"key": "a", "operator": "In"}]}]}}}""", """{"scheduling": {"tolerations": [{}]}}""", """{"scheduling": {"tolerations": [null]}}""",
        """{"scheduling": {"tolerations": [{"operator": "Exists", "value": "a"}]}}""", """{"scheduling": {"topology": {"name": "a"}}}""",
        """{"type": "train", "replicas": 1}""", """{"type": "build", "completions": 1}""", """{"type": "build", "suspended": false}""", """{"type": "train", "completions": 0}""", """{"type": "train", "completions": 1, "parallelism": 2}""",
        """{"type": "train", "parallelism": 1, "completions": 1, "minMembers": 2}""", """{"type": "train", "backoffLimit": -1}""", """{"type": "train", "restartPolicy": "Always"}""", """{"type": "train", "ttlSecondsAfterFinished": -1}""",
        """{"type": "train", "deadlineSeconds": 0}""", """{"type": "train", "timeLimitSeconds": 0}""", """{"type": "train", "indexed": false, "backoffLimitPerIndex": 1}""",
    ];

    /// <summary>Each a new object.</summary>
    public static Gen<JsonObject> All { get; } = Gen.Select(ValidSubmissions.All, Gen.Int[0, 3], Gen.Int[0, int.MaxValue], (submission, way, choice) => way switch
    {
        0 => WithAnotherKind(submission, choice),
        1 => WithAnUnknownField(submission, choice),
        _ => WithABrokenRule(submission, choice),
    });

    private static JsonObject WithABrokenRule(JsonObject submission, int choice)
    {
        foreach (var (field, value) in JsonNode.Parse(Broken[choice % Broken.Length])!.AsObject())
            submission[field] = Json.Copy(value);
        return submission;
    }

    private static JsonObject WithAnotherKind(JsonObject submission, int choice)
    {
        JsonNode[] nodes = [.. Below(submission).Where(node => node != submission)];
        var node = nodes[choice % nodes.Length];
        node.ReplaceWith(node is JsonValue value && value.GetValueKind() is System.Text.Json.JsonValueKind.Number ? (JsonNode)"1" : 1);
        return submission;
    }

    // Maps have no unknown fields.
    private static JsonObject WithAnUnknownField(JsonObject submission, int choice)
    {
        JsonObject[] objects = [.. Below(submission).OfType<JsonObject>().Where(node => node == submission || node.GetPropertyNameOrNull() is not ("labels" or "annotations" or "nodeSelector" or "extendedResources"))];
        objects[choice % objects.Length]["nope"] = choice;
        return submission;
    }

    private static string? GetPropertyNameOrNull(this JsonNode node) => node.Parent is JsonObject ? node.GetPropertyName() : null;

    private static IEnumerable<JsonNode> Below(JsonNode node) => node switch
    {
        JsonObject entries => [node, .. entries.SelectMany(entry => entry.Value is null ? [] : Below(entry.Value))],
        JsonArray items => [node, .. items.SelectMany(item => item is null ? [] : Below(item))],
        _ => [node],
    };
}
