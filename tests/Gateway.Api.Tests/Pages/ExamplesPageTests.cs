using System.Net;
using Gateway.Api.OpenApi;
using k8s;
using k8s.Models;
using Xunit;

namespace Gateway.Api.Tests.Pages;

/// <summary>The examples of the documentation: each is accepted as it is, and makes what it says.</summary>
public sealed class ExamplesPageTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private const string Space = "runai-team-a";
    private static readonly string Committed = Path.Combine(Repository.Root, "docs", "examples.md");

    // To refresh it: UPDATE_DOCS=1 dotnet test tests/Gateway.Api.Tests --filter ExamplesPage
    [Fact]
    public void Page_AsMadeFromTheExamples_IsTheCommittedOne()
    {
        string[] lines =
        [
            "# Examples", "", "Each of these is a whole submission: send it to `POST /projects/{project}/workloads`, or choose it in Swagger UI.",
            .. Examples.Submissions.SelectMany(example => (string[])["", $"## {example.Summary}", "", "```json", example.Text.TrimEnd(), "```"]), "",
        ];
        var page = string.Join('\n', lines);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") is not null)
            File.WriteAllText(Committed, page);

        Assert.True(page == File.ReadAllText(Committed), "docs/examples.md has drifted: refresh it and look at the difference.");
    }

    [Fact]
    public async Task Jupyter_IsABuildWithAQuarterOfAGpuAndAServiceOnItsPort()
    {
        await SubmitAsync("jupyter");

        var set = await gateway.Cluster.AppsV1.ReadNamespacedStatefulSetAsync("lab-jupyter", Space);
        Assert.Equal("0.25", set.Spec.Template.Metadata.Annotations["gpu-fraction"]);
        Assert.Equal("lab-jupyter-0", Assert.Single(set.Spec.Template.Spec.Volumes).PersistentVolumeClaim.ClaimName);
        Assert.Equal("20Gi", (await gateway.Cluster.CoreV1.ReadNamespacedPersistentVolumeClaimAsync("lab-jupyter-0", Space)).Spec.Resources.Requests["storage"].ToString());
        Assert.Equal(8888, Assert.Single((await gateway.Cluster.CoreV1.ReadNamespacedServiceAsync("lab-jupyter-exposed", Space)).Spec.Ports).Port);
    }

    [Fact]
    public async Task Array_IsAnIndexedJobOfEight()
    {
        await SubmitAsync("array");

        var job = (await gateway.Cluster.BatchV1.ReadNamespacedJobAsync("preprocess", Space)).Spec;
        Assert.Equal((8, 4, "Indexed", 2), (job.Completions, job.Parallelism, job.CompletionMode, job.BackoffLimitPerIndex));
    }

    [Fact]
    public async Task GpuMemory_IsABuildThatAsksForMebibytes()
    {
        await SubmitAsync("gpu-memory");

        var template = (await gateway.Cluster.AppsV1.ReadNamespacedStatefulSetAsync("notebook-16g", Space)).Spec.Template;
        Assert.Equal("16384", template.Metadata.Annotations["gpu-memory"]);
        Assert.Null(template.Spec.Containers[0].Resources?.Limits);
    }

    [Fact]
    public async Task Nccl_HasTwelveSettingsFromOneConfigMap()
    {
        await SubmitAsync("nccl");

        var main = (await gateway.Cluster.BatchV1.ReadNamespacedJobAsync("nccl-test", Space)).Spec.Template.Spec.Containers[0];
        Assert.Equal(12, main.Env.Count);
        Assert.All(main.Env, variable => Assert.Equal("nccl-test", variable.ValueFrom.ConfigMapKeyRef.Name));
        Assert.Equal("8", main.Resources.Limits["nvidia.com/gpu"].ToString());
    }

    [Fact]
    public async Task Claims_AreMountedForTheUser()
    {
        await SubmitAsync("claims");

        var pod = (await gateway.Cluster.BatchV1.ReadNamespacedJobAsync("finetune-1", Space)).Spec.Template.Spec;
        Assert.Equal(["datasets", "models", "home-jane", "results"], pod.Volumes.Select(volume => volume.PersistentVolumeClaim?.ClaimName).OfType<string>());
        Assert.Equal(10042, pod.SecurityContext.RunAsUser);
        Assert.True(pod.Containers[0].VolumeMounts.Single(mount => mount.MountPath == "/data").ReadOnlyProperty);
    }

    private async Task SubmitAsync(string name) =>
        await (await gateway.SubmitAsync(Examples.Submissions.Single(example => example.Name == name).Submission)).BodyAsync(HttpStatusCode.Created);
}
