using System.Net;
using System.Text.Json.Nodes;
using k8s;
using Xunit;

namespace Gateway.Api.Tests.Workloads.Keys;

/// <summary>The labels and annotations that callers may set, and those that the operator opens to them.</summary>
public sealed class CallersKeysTests(OpenedGateway opened) : IClassFixture<OpenedGateway>
{
    [Theory]
    [InlineData("labels", "app", "trainer")]
    [InlineData("labels", "app", "kai")]
    [InlineData("labels", "app.kubernetes.io/name", "trainer")]
    [InlineData("labels", "app.kubernetes.io/part-of", "vision")]
    [InlineData("labels", "gpu-type", "h100")]
    [InlineData("labels", "team", "vision")]
    [InlineData("annotations", "app.kubernetes.io/managed-by", "me")]
    [InlineData("annotations", "cluster-autoscaler.kubernetes.io/safe-to-evict", "false")]
    [InlineData("annotations", "karpenter.sh/do-not-disrupt", "true")]
    [InlineData("annotations", "kubernetes.io/description", "a sweep")]
    [InlineData("annotations", "kubectl.kubernetes.io/default-container", "a")]
    [InlineData("annotations", "prometheus.io/scrape", "true")]
    [InlineData("annotations", "wandb.ai/project", "resnet")]
    [InlineData("annotations", "example.org/team", "vision")]
    [InlineData("annotations", "notistio.io/a", "true")]
    [InlineData("annotations", "embedded.workload-gateway.io/run-seconds", "5")]
    public async Task Accepts_WhatNobodyTrusts(string field, string key, string value)
    {
        var plan = await PlanAsync(opened.Closed, field, key, value);

        Assert.Equal(value, (string?)plan[field]![key]);
        Assert.Equal(value, (string?)plan["manifest"]!["spec"]!["template"]!["metadata"]![field]![key]);
    }

    [Theory]
    [InlineData("annotations", "io.kubernetes.cri-o.Devices")]
    [InlineData("annotations", "io.kubernetes.cri-o.UnifiedCgroup.a")]
    [InlineData("annotations", "devices.crio.io")]
    [InlineData("annotations", "cpu-quota.crio.io")]
    [InlineData("annotations", "seccomp-profile.kubernetes.cri-o.io/POD")]
    [InlineData("annotations", "io.containers.trace-syscall")]
    [InlineData("annotations", "run.oci.keep_original_groups")]
    [InlineData("annotations", "org.systemd.property.MemoryMax")]
    [InlineData("annotations", "dev.gvisor.spec.mount.a.source")]
    [InlineData("annotations", "io.katacontainers.config.hypervisor.path")]
    [InlineData("annotations", "devices.noderesource.dev")]
    [InlineData("annotations", "devices.noderesource.dev/container.a")]
    [InlineData("annotations", "mounts.nri.io/pod")]
    [InlineData("annotations", "cdi.k8s.io/gpu")]
    [InlineData("annotations", "nvidia.cdi.k8s.io/container.a")]
    [InlineData("annotations", "container.apparmor.security.beta.kubernetes.io/a")]
    [InlineData("annotations", "seccomp.security.alpha.kubernetes.io/pod")]
    [InlineData("annotations", "k8s.v1.cni.cncf.io/networks")]
    [InlineData("annotations", "v1.multus-cni.io/default-network")]
    [InlineData("annotations", "cni.projectcalico.org/ipAddrs")]
    [InlineData("annotations", "kubernetes.io/egress-bandwidth")]
    [InlineData("annotations", "sidecar.istio.io/userVolume")]
    [InlineData("labels", "sidecar.istio.io/inject")]
    [InlineData("labels", "azure.workload.identity/use")]
    [InlineData("labels", "kueue.x-k8s.io/queue-name")]
    [InlineData("annotations", "vault.hashicorp.com/agent-inject")]
    [InlineData("annotations", "iam.amazonaws.com/role")]
    public async Task Rejects_WhatANodeOrAnInjectorReads(string field, string key)
    {
        var submission = GatewayHost.Train("a");
        submission[field] = new JsonObject { [key] = "a" };

        var answer = await opened.Closed.SubmitAsync(submission, query: "?dryRun=true");

        var problem = await answer.ProblemAsync(HttpStatusCode.Forbidden, "POLICY_DENIED");
        Assert.Contains("Policy:RuntimeKeys", problem["errors"]![field]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("labels", "job-name", "other")]
    [InlineData("labels", "batch.kubernetes.io/job-name", "other")]
    [InlineData("labels", "statefulset.kubernetes.io/pod-name", "other-0")]
    [InlineData("labels", "app.kubernetes.io/managed-by", "workload-gateway")]
    [InlineData("labels", "release", "other")]
    [InlineData("labels", "APP", "Kai-Resource-Reservation")]
    [InlineData("annotations", "MPS", "true")]
    [InlineData("annotations", "kubernetes.io/config.mirror", "true")]
    [InlineData("annotations", "kubectl.kubernetes.io/last-applied-configuration", "{}")]
    [InlineData("annotations", "workload-gateway.io/submitted-by", "other")]
    [InlineData("annotations", "hami.io/vgpu-devices-to-allocate", "GPU-0")]
    [InlineData("annotations", "volcano.sh/vgpu-ids-new", "GPU-0")]
    [InlineData("annotations", "ALIYUN_COM_GPU_MEM_IDX", "0")]
    [InlineData("annotations", "scheduling.koordinator.sh/device-allocated", "{}")]
    public async Task Rejects_WhatDecidesOnGpusAndIdentity(string field, string key, string value)
    {
        foreach (var gateway in (GatewayHost[])[opened.Closed, opened.Host])
        {
            var submission = GatewayHost.Train("a");
            submission[field] = new JsonObject { [key] = value };

            var answer = await gateway.SubmitAsync(submission, query: "?dryRun=true");

            var problem = await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, "INVALID_WORKLOAD");
            Assert.Contains(key, problem["errors"]![field]!.ToJsonString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("labels", "sidecar.istio.io/inject", "false")]
    [InlineData("annotations", "k8s.v1.cni.cncf.io/networks", "rdma")]
    [InlineData("annotations", "io.kubernetes.cri-o.ShmSize", "1Gi")]
    public async Task Accepts_WhatTheOperatorOpens(string field, string key, string value)
    {
        var plan = await PlanAsync(opened.Host, field, key, value);

        Assert.Equal(value, (string?)plan["manifest"]!["spec"]!["template"]!["metadata"]![field]![key]);
        Assert.Equal(value, (string?)plan[field]![key]);
    }

    [Theory]
    [InlineData("labels", "sidecar.istio.io/inject", "true", "Policy:RuntimeKeys")]
    [InlineData("annotations", "k8s.v1.cni.cncf.io.example/networks", "rdma", null)]
    [InlineData("annotations", "io.kubernetes.cri-o.Devices", "/dev/nvidia0", "Policy:RuntimeKeys")]
    [InlineData("labels", "app", "our-reservation", "Policy:ReservedKeys")]
    [InlineData("labels", "app", "ours", null)]
    [InlineData("annotations", "inject.example.org/volumes", "/", "Policy:ReservedKeys")]
    public async Task Submit_WithAKeyOfTheOperator_GoesBySettings(string field, string key, string value, string? rule)
    {
        var submission = GatewayHost.Train("a");
        submission[field] = new JsonObject { [key] = value };

        var answer = await opened.Host.SubmitAsync(submission, query: "?dryRun=true");

        if (rule is null)
        {
            await answer.BodyAsync(HttpStatusCode.OK);
            return;
        }
        var problem = await answer.ProblemAsync(HttpStatusCode.Forbidden, "POLICY_DENIED");
        Assert.Contains(rule, problem["errors"]![field]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_ThatSaysNothing_HasTheOperatorsAnnotationOnObjectAndPod()
    {
        await (await opened.Host.SubmitAsync(GatewayHost.Train("guarded"))).BodyAsync(HttpStatusCode.Created);

        var job = await opened.Host.Cluster.BatchV1.ReadNamespacedJobAsync("guarded", opened.Host.Space);
        Assert.Equal("false", job.Metadata.Annotations["cluster-autoscaler.kubernetes.io/safe-to-evict"]);
        Assert.Equal("false", job.Spec.Template.Metadata.Annotations["cluster-autoscaler.kubernetes.io/safe-to-evict"]);
    }

    // Whatever is written into the field, the keys stay the gateway's.
    [Theory]
    [InlineData("app: kai-resource-reservation")]
    [InlineData("kai.scheduler/queue: team-b")]
    [InlineData("kai-resource-reservation")]
    [InlineData("\",\"app\":\"kai-resource-reservation")]
    public async Task Submit_OfAUserThatLooksLikeALabel_WritesTheKeysOfEveryOther(string user)
    {
        var (plain, odd) = (GatewayHost.Train("a"), GatewayHost.Train("a"));
        odd["user"] = user;

        var plans = new List<JsonNode>();
        foreach (var submission in (JsonObject[])[plain, odd])
        {
            var answer = await opened.Closed.SubmitAsync(submission, query: "?dryRun=true");
            plans.Add((await answer.BodyAsync(HttpStatusCode.OK))["manifest"]!);
        }

        Assert.Equal(Keys(plans[0]), Keys(plans[1]));
    }

    private static IEnumerable<string> Keys(JsonNode manifest) =>
        from metadata in (JsonNode[])[manifest["metadata"]!, manifest["spec"]!["template"]!["metadata"]!]
        from field in (string[])["labels", "annotations"]
        from entry in metadata[field]!.AsObject()
        select $"{field} {entry.Key}";

    private static async Task<JsonObject> PlanAsync(GatewayHost gateway, string field, string key, string value)
    {
        var submission = GatewayHost.Train("a");
        submission[field] = new JsonObject { [key] = value };
        return await (await gateway.SubmitAsync(submission, query: "?dryRun=true")).BodyAsync(HttpStatusCode.OK);
    }
}

/// <summary>A gateway without settings, and one whose operator opens and closes keys.</summary>
public sealed class OpenedGateway : IAsyncLifetime
{
    public GatewayHost Closed { get; } = new();

    public GatewayHost Host { get; } = new()
    {
        Settings = new()
        {
            ["Policy:RuntimeKeys:0"] = "sidecar.istio.io/inject=false",
            ["Policy:RuntimeKeys:1"] = "k8s.v1.cni.cncf.io/",
            ["Policy:RuntimeKeys:2"] = "io.kubernetes.cri-o.Shm*",
            ["Policy:ReservedKeys:0"] = "app=our-reservation",
            ["Policy:ReservedKeys:1"] = "inject.example.org/",
            ["Policy:Defaults:train:Annotations:cluster-autoscaler.kubernetes.io/safe-to-evict"] = "false",
        },
    };

    public async Task InitializeAsync()
    {
        await Closed.InitializeAsync();
        await Host.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await ((IAsyncLifetime)Closed).DisposeAsync();
        await ((IAsyncLifetime)Host).DisposeAsync();
    }
}
