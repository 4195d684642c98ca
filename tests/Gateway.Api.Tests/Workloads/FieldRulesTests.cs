using System.Net;
using Xunit;

namespace Gateway.Api.Tests.Workloads;

/// <summary>Every field: what is taken, by the cluster too, and what is refused in which words.</summary>
public sealed class FieldRulesTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Theory]
    [InlineData("train", """ "imagePullPolicy": "always" """, "imagePullPolicy", "must be Always")]
    [InlineData("train", """ "imagePullSecrets": ["Upper"] """, "imagePullSecrets[0]", "name of an object")]
    [InlineData("train", """ "workingDir": "relative" """, "workingDir", "absolute path")]
    [InlineData("train", """ "tty": true """, "tty", "takes stdin")]
    [InlineData("train", """ "command": ["a\u0000b"] """, "command[0]", "no NUL")]
    [InlineData("train", """ "env": [{"name": "A", "value": "1"}, {"name": "B", "value": "1"}, {"name": "1C", "value": "1"}] """, "env[2].name", "not begin with a digit")]
    [InlineData("train", """ "env": [{"name": "A", "value": "1"}, {"name": "A", "value": "2"}] """, "env", "has A twice")]
    [InlineData("train", """ "env": [{"name": "A"}] """, "env[0]", "exactly one of")]
    [InlineData("train", """ "env": [{"name": "A", "value": "1", "field": "metadata.name"}] """, "env[0]", "exactly one of")]
    [InlineData("train", """ "env": [{"name": "A", "field": "spec.containers"}] """, "env[0].field", "metadata.name")]
    [InlineData("train", """ "env": [{"name": "A", "secret": {"name": "s"}}] """, "env[0].secret.key", "is required")]
    [InlineData("train", """ "env": [{"name": "A", "configMap": {"name": "s", "key": "a/b"}}] """, "env[0].configMap.key", "must be a key")]
    [InlineData("train", """ "env": [null] """, "env[0]", "must not be null")]
    [InlineData("train", """ "env": [{"name": "NVIDIA_VISIBLE_DEVICES", "value": "all"}] """, "env[0].name", "past it")]
    [InlineData("train", """ "env": [{"name": "GPU_PORTION", "value": "1"}] """, "env[0].name", "past it")]
    [InlineData("train", """ "env": [{"name": "HOME", "value": "/a"}], "createHomeDirectory": true """, "env", "createHomeDirectory")]
    [InlineData("train", """ "envFrom": [{"secret": "a", "configMap": "b"}] """, "envFrom[0]", "exactly one")]
    [InlineData("train", """ "envFrom": [{"secret": "a", "prefix": "1"}] """, "envFrom[0].prefix", "not begin with a digit")]
    [InlineData("train", """ "gpu": {"memory": "0"} """, "gpu.memory", "more than 0")]
    [InlineData("train", """ "gpu": {"memory": "1e100000"} """, "gpu.memory", "quantity")]
    [InlineData("train", """ "gpu": {"mig": "1g"} """, "gpu.mig", "MIG profile")]
    [InlineData("train", """ "gpu": {"count": 1, "devices": 2} """, "gpu.devices", "fraction or memory")]
    [InlineData("train", """ "cpu": {} """, "cpu", "request or limit")]
    [InlineData("train", """ "cpu": {"request": "-1"} """, "cpu.request", "quantity")]
    [InlineData("train", """ "cpu": {"request": "2", "limit": "1500m"} """, "cpu.request", "not be more than limit")]
    [InlineData("train", """ "memory": {"limit": "16 Gi"} """, "memory.limit", "quantity")]
    [InlineData("train", """ "memory": {"limit": "999999999999P"} """, "memory.limit", "quantity")]
    [InlineData("train", """ "ephemeralStorage": {"request": "1Zi"} """, "ephemeralStorage.request", "quantity")]
    [InlineData("train", """ "extendedResources": {"nvidia.com/gpu": 1} """, "extendedResources", "not to be asked for here")]
    [InlineData("train", """ "extendedResources": {"cpu": 1} """, "extendedResources", "extended resources")]
    [InlineData("train", """ "extendedResources": {"rdma/hca": -1} """, "extendedResources", "0 or more")]
    [InlineData("train", """ "sharedMemory": {"size": "0"} """, "sharedMemory.size", "more than 0")]
    [InlineData("train", """ "volumes": [{"mountPath": "/a"}] """, "volumes[0]", "exactly one of")]
    [InlineData("train", """ "volumes": [{"mountPath": "a", "emptyDir": {}}] """, "volumes[0].mountPath", "absolute")]
    [InlineData("train", """ "volumes": [{"mountPath": "/", "emptyDir": {}}] """, "volumes[0].mountPath", "root")]
    [InlineData("train", """ "volumes": [{"mountPath": "/a", "emptyDir": {}}, {"mountPath": "/a/", "emptyDir": {}}] """, "volumes", "twice")]
    [InlineData("train", """ "volumes": [{"mountPath": "/dev/shm", "emptyDir": {}}], "sharedMemory": {} """, "volumes", "/dev/shm twice")]
    [InlineData("train", """ "volumes": [{"mountPath": "/a", "subPath": "../b", "emptyDir": {}}] """, "volumes[0].subPath", "relative path")]
    [InlineData("train", """ "volumes": [{"mountPath": "/a", "claim": {"name": "A"}}] """, "volumes[0].claim.name", "name of an object")]
    [InlineData("train", """ "volumes": [{"mountPath": "/a", "newClaim": {}}] """, "volumes[0].newClaim.size", "is required")]
    [InlineData("train", """ "volumes": [{"mountPath": "/a", "newClaim": {"size": "1Gi", "accessModes": ["Write"]}}] """, "volumes[0].newClaim.accessModes[0]", "ReadWriteOnce")]
    [InlineData("train", """ "volumes": [{"mountPath": "/a", "configMap": {"name": "a", "mode": "0999"}}] """, "volumes[0].configMap.mode", "octal")]
    [InlineData("train", """ "volumes": [{"mountPath": "/a", "git": {"repository": "git@example.org:a/b"}}] """, "volumes[0].git.repository", "https")]
    [InlineData("train", """ "volumes": [{"mountPath": "/a", "git": {"repository": "https://jane:secret@example.org/a/b"}}] """, "volumes[0].git.repository", "without a user")]
    [InlineData("train", """ "ports": [{"port": 0}] """, "ports[0].port", "1 to 65535")]
    [InlineData("train", """ "ports": [{"port": 80}, {"port": 80}] """, "ports", "twice")]
    [InlineData("train", """ "ports": [{"port": 80, "name": "Web"}] """, "ports[0].name", "lower-case")]
    [InlineData("train", """ "ports": [{"port": 80, "nodePort": 30080}] """, "ports", "expose NodePort")]
    [InlineData("train", """ "ports": [{"port": 80, "nodePort": 80}], "expose": "NodePort" """, "ports[0].nodePort", "30000")]
    [InlineData("train", """ "expose": "ClusterIP" """, "expose", "takes ports")]
    [InlineData("train", """ "ports": [{"port": 80}], "expose": "Ingress" """, "expose", "Ingress:HostTemplate")]
    [InlineData("train", """ "security": {"runAsUser": -1} """, "security.runAsUser", "0 to")]
    [InlineData("train", """ "security": {"runAsUser": 0, "runAsNonRoot": true} """, "security.runAsUser", "runAsNonRoot")]
    [InlineData("train", """ "security": {"capabilities": {"add": ["CAP_SYS_PTRACE"]}} """, "security.capabilities.add[0]", "without CAP_")]
    [InlineData("train", """ "security": {"seccompProfile": "Localhost"} """, "security.seccompProfile", "RuntimeDefault")]
    [InlineData("train", """ "readinessProbe": {} """, "readinessProbe", "exactly one")]
    [InlineData("train", """ "readinessProbe": {"httpGet": {"path": "/"}} """, "readinessProbe.httpGet.port", "is required")]
    [InlineData("train", """ "readinessProbe": {"tcpSocket": {"port": 80}, "periodSeconds": 0} """, "readinessProbe.periodSeconds", "1 or more")]
    [InlineData("train", """ "terminationGracePeriodSeconds": -1 """, "terminationGracePeriodSeconds", "0 to")]
    [InlineData("train", """ "replicas": 1 """, "replicas", "builds only")]
    [InlineData("build", """ "replicas": 0 """, "replicas", "1 to")]
    [InlineData("build", """ "completions": 1 """, "completions", "trains only")]
    [InlineData("build", """ "parallelism": 1 """, "parallelism", "trains only")]
    [InlineData("build", """ "indexed": false """, "indexed", "trains only")]
    [InlineData("build", """ "backoffLimit": 1 """, "backoffLimit", "trains only")]
    [InlineData("build", """ "restartPolicy": "Never" """, "restartPolicy", "trains only")]
    [InlineData("build", """ "ttlSecondsAfterFinished": 1 """, "ttlSecondsAfterFinished", "trains only")]
    [InlineData("build", """ "deadlineSeconds": 1 """, "deadlineSeconds", "trains only")]
    [InlineData("build", """ "timeLimitSeconds": 1 """, "timeLimitSeconds", "trains only")]
    [InlineData("build", """ "suspended": true """, "suspended", "trains only")]
    [InlineData("build", """ "minMembers": 1 """, "minMembers", "trains only")]
    [InlineData("train", """ "parallelism": 2 """, "parallelism", "not be more than completions")]
    [InlineData("train", """ "indexed": true """, "indexed", "takes completions")]
    [InlineData("train", """ "backoffLimitPerIndex": 1 """, "backoffLimitPerIndex", "takes indexed")]
    [InlineData("train", """ "completions": 2, "indexed": true, "backoffLimitPerIndex": 1, "maxFailedIndexes": 3 """, "maxFailedIndexes", "not be more than completions")]
    [InlineData("train", """ "restartPolicy": "Always" """, "restartPolicy", "must be Never")]
    [InlineData("train", """ "timeLimitSeconds": 0 """, "timeLimitSeconds", "1 to")]
    [InlineData("train", """ "labels": {"a b": "c"} """, "labels", "label keys")]
    [InlineData("train", """ "labels": {"a": "c d"} """, "labels", "label values")]
    [InlineData("train", """ "labels": {"runai/queue": "other"} """, "labels", "reserved")]
    [InlineData("train", """ "labels": {"batch.kubernetes.io/job-name": "other"} """, "labels", "reserved")]
    [InlineData("train", """ "annotations": {"gpu-memory": "1"} """, "annotations", "reserved")]
    [InlineData("train", """ "annotations": {"workload-gateway.io/fingerprint": "v1:0"} """, "annotations", "reserved")]
    [InlineData("train", """ "namePrefix": "a" """, "name", "beside namePrefix")]
    public async Task Rejects_WhatCanNeverRun(string type, string fields, string path, string words)
    {
        var body = $$"""{"type": "{{type}}", "name": "a", "image": "busybox", {{fields}}}""";

        var problem = await (await gateway.SubmitTextAsync(body)).ProblemAsync(HttpStatusCode.UnprocessableEntity, "INVALID_WORKLOAD");

        Assert.Contains(words, problem["errors"]![path]?.ToJsonString() ?? problem["errors"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.True(problem["errors"]!.AsObject().ContainsKey(path), problem["errors"]!.ToJsonString());
    }

    [Theory]
    [InlineData(""" "cpu": {"request": 1} """, "cpu.request", "a string")]
    [InlineData(""" "extendedResources": {"rdma/hca": "1"} """, "extendedResources", "a whole number")]
    [InlineData(""" "labels": {"a": 1} """, "labels", "a string")]
    [InlineData(""" "labels": {"a": "1", "a": "2"} """, "labels", "twice")]
    [InlineData(""" "env": {"A": "1"} """, "env", "an array")]
    [InlineData(""" "security": {"runAsUser": 1.5} """, "security.runAsUser", "a whole number")]
    [InlineData(""" "volumes": [{"mountPath": "/a", "pvc": "b"}] """, "volumes[0].pvc", "not a field")]
    public async Task Rejects_WhatCannotBeRead(string fields, string path, string words)
    {
        var body = $$"""{"type": "train", "name": "a", "image": "busybox", {{fields}}}""";

        var problem = await (await gateway.SubmitTextAsync(body)).ProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");

        Assert.Contains(path, problem["errors"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(words, problem["errors"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train", "", 63)]
    [InlineData("build", "", 52)]
    [InlineData("train", """, "ports": [{"port": 80}], "expose": "ClusterIP" """, 55)]
    [InlineData("train", """, "completions": 100000, "indexed": true """, 57)]
    public async Task Rejects_ANameThatIsTooLong(string type, string fields, int longest)
    {
        string Body(string field, int length) => $$"""{"type": "{{type}}", "{{field}}": "{{new string('a', length)}}", "image": "busybox"{{fields}}}""";

        await (await gateway.SubmitTextAsync(Body("name", longest), query: "?dryRun=true")).BodyAsync(HttpStatusCode.OK);
        await (await gateway.SubmitTextAsync(Body("name", longest + 1), query: "?dryRun=true")).ProblemAsync(HttpStatusCode.UnprocessableEntity, "INVALID_WORKLOAD");
        await (await gateway.SubmitTextAsync(Body("namePrefix", longest - 9), query: "?dryRun=true")).BodyAsync(HttpStatusCode.OK);
        await (await gateway.SubmitTextAsync(Body("namePrefix", longest - 8), query: "?dryRun=true")).ProblemAsync(HttpStatusCode.UnprocessableEntity, "INVALID_WORKLOAD");
    }

    // A number that would cost hours to write out, a megabyte of digits, ten thousand variables, a tower of arrays, keys given twice.
    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Rejects_WhatIsMeantToHurt(string fields)
    {
        var response = await gateway.SubmitTextAsync($$"""{"type": "train", "name": "a", "image": "busybox", {{fields}}}""");

        Assert.True((int)response.StatusCode is 400 or 413 or 422, $"{(int)response.StatusCode}");
    }

    public static TheoryData<string> Hostile =>
    [
        """ "memory": {"limit": "1e100000"} """,
        $$""" "memory": {"limit": "{{new string('9', 1_000_000)}}"} """,
        $$""" "gpu": {"fraction": 0.{{new string('9', 1_000_000)}}} """,
        $$""" "env": [{{string.Join(',', Enumerable.Range(0, 10_000).Select(i => $$"""{"name": "V{{i}}", "value": "1"}"""))}}] """,
        $$""" "env": {{new string('[', 10_000)}}{{new string(']', 10_000)}} """,
        $$""" "labels": {{{string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"k{i}\": \"v\""))}}} """,
        """ "user": "\ud800" """,
        """ "command": ["a\u0000"] """,
        """ "workingDir": "\u202e/a" """,
        """ "Command": ["a"] """,
        """ "labels": {"a": "1", "a": "2"} """,
        $$""" "image": "{{new string('a', 100_000)}}" """,
        $$""" "volumes": [{{string.Join(',', Enumerable.Repeat("null", 10_000))}}] """,
    ];
}
