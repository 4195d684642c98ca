using System.Text.Json.Nodes;
using static Gateway.Embedded.Tests.Manifests;

namespace Gateway.Embedded.Tests;

/// <summary>Pod Security in the API server's words: https://kubernetes.io/docs/concepts/security/pod-security-admission/</summary>
public sealed class PodSecurityTests
{
    private const string Kept =
        """
        {"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]},
         "runAsNonRoot":true,"seccompProfile":{"type":"RuntimeDefault"} }
        """;

    [Theory]
    [InlineData("baseline", """{"hostNetwork":true,"hostPID":true}""", "{}", "host namespaces (hostNetwork=true, hostPID=true)")]
    [InlineData("baseline", "{}", """{"securityContext":{"privileged":true} }""", "privileged (container \"main\" must not set securityContext.privileged=true)")]
    [InlineData("baseline", "{}", """{"ports":[{"containerPort":80,"hostPort":80}]}""", "hostPort (container \"main\" uses hostPort 80)")]
    [InlineData("baseline", "{}", """{"securityContext":{"capabilities":{"add":["SYS_PTRACE","CHOWN","IPC_LOCK"]} } }""",
        "non-default capabilities (container \"main\" must not include \"IPC_LOCK\", \"SYS_PTRACE\" in securityContext.capabilities.add)")]
    [InlineData("baseline", """{"volumes":[{"name":"a","hostPath":{"path":"/a"} },{"name":"b","hostPath":{"path":"/b"} }]}""", "{}", "hostPath volumes (volumes \"a\", \"b\")")]
    [InlineData("baseline", """{"securityContext":{"seccompProfile":{"type":"Unconfined"} } }""", "{}", "seccompProfile (pod must not set securityContext.seccompProfile.type to \"Unconfined\")")]
    [InlineData("restricted", "{}", "{}",
        "allowPrivilegeEscalation != false (container \"main\" must set securityContext.allowPrivilegeEscalation=false), "
        + "unrestricted capabilities (container \"main\" must set securityContext.capabilities.drop=[\"ALL\"]), "
        + "runAsNonRoot != true (pod or container \"main\" must set securityContext.runAsNonRoot=true), "
        + "seccompProfile (pod or container \"main\" must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")")]
    [InlineData("restricted", $$"""{"initContainers":[{"name":"first","image":"x","securityContext":{{Kept}}}]}""",
        """{"securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"],"add":["CHOWN"]},"runAsNonRoot":false,"runAsUser":0,"seccompProfile":{"type":"Unconfined"} } }""",
        "unrestricted capabilities (container \"main\" must not include \"CHOWN\" in securityContext.capabilities.add), "
        + "runAsNonRoot != true (container \"main\" must not set securityContext.runAsNonRoot=false), "
        + "runAsUser=0 (container \"main\" must not set runAsUser=0), "
        + "seccompProfile (container \"main\" must not set securityContext.seccompProfile.type to \"Unconfined\")")]
    [InlineData("restricted", """{"volumes":[{"name":"a","nfs":{"server":"a","path":"/"} },{"name":"b","hostPath":{"path":"/b"} },{"name":"c","emptyDir":{} }]}""", $$"""{"securityContext":{{Kept}}}""",
        "restricted volume types (volumes \"a\", \"b\" use restricted volume types \"hostPath\", \"nfs\")")]
    public async Task Rejects_WhatTheLevelOfTheNamespaceForbids(string level, string spec, string container, string why)
    {
        await using var client = await ClusterClient.StartAsync();
        await EnforceAsync(client, level);

        var refused = await client.PostAsync(Pods, Pod(spec, container));

        var words = $"pods \"pod\" is forbidden: violates PodSecurity \"{level}:latest\": {why}";
        Assert.Equal((403, words), (refused.Status, refused.At("message")));
    }

    [Theory]
    [InlineData("privileged", """{"hostNetwork":true}""", """{"securityContext":{"privileged":true} }""")]
    [InlineData("baseline", "{}", """{"securityContext":{"capabilities":{"add":["CHOWN"]},"runAsUser":0} }""")]
    [InlineData("restricted", "{}", $$"""{"securityContext":{{Kept}}}""")]
    [InlineData("restricted", """{"securityContext":{"runAsNonRoot":true,"seccompProfile":{"type":"RuntimeDefault"} },"volumes":[{"name":"a","emptyDir":{} }]}""",
        """{"securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"],"add":["NET_BIND_SERVICE"]} } }""")]
    public async Task Accepts_WhatKeepsTheLevelOfTheNamespace(string level, string spec, string container)
    {
        await using var client = await ClusterClient.StartAsync();
        await EnforceAsync(client, level);

        Assert.Equal(201, (await client.PostAsync(Pods, Pod(spec, container))).Status);
    }

    // What makes the pods is taken: only they are looked at.
    [Fact]
    public async Task Accepts_AJobWhosePodsItForbids()
    {
        await using var client = await ClusterClient.StartAsync();
        await EnforceAsync(client, "restricted");

        Assert.Equal(201, (await client.PostAsync(Jobs, Job("a"))).Status);
    }

    private static async Task EnforceAsync(ClusterClient client, string level)
    {
        var patch = Parse($$"""{"metadata":{"labels":{"pod-security.kubernetes.io/enforce":"{{level}}"} } }""");
        Assert.Equal(200, (await client.PatchAsync("/api/v1/namespaces/runai-team-a", patch)).Status);
    }

    private static JsonObject Pod(string spec, string container)
    {
        var (main, pod) = (Parse(container), Parse(spec));
        (main["name"], main["image"]) = ("main", "x");
        pod["containers"] = new JsonArray(main);
        return new() { ["metadata"] = new JsonObject { ["name"] = "pod" }, ["spec"] = pod };
    }
}
