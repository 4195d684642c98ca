using k8s;
using k8s.Models;

namespace Gateway.Api.Tests.Clusters;

/// <summary>
/// The real cluster that the tests are to run on: that of the kubeconfig which GATEWAY_TEST_KUBECONFIG names, or a control plane made
/// of the programs in KUBEBUILDER_ASSETS. Without either, every gateway has an embedded cluster of its own.
/// </summary>
internal sealed class RealCluster
{
    private static readonly string? Named = Variable("GATEWAY_TEST_KUBECONFIG");
    private static readonly string? Programs = Variable("KUBEBUILDER_ASSETS");
    private static readonly Lazy<Task<RealCluster>> One = new(StartAsync);

    private RealCluster(string kubeconfig)
    {
        Kubeconfig = kubeconfig;
        Administrator = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig));
    }

    public static bool IsMeant => Named is not null || Programs is not null;

    /// <summary>Whether it is a control plane and nothing else.</summary>
    public static bool HasNoPods => Named is null && Programs is not null;

    /// <summary>The one that all tests share.</summary>
    public static Task<RealCluster> SharedAsync() => One.Value;

    public string Kubeconfig { get; }

    /// <summary>Whoever the kubeconfig makes us: it takes a cluster's administrator.</summary>
    public IKubernetes Administrator { get; }

    /// <summary>Waits until the cluster says that the user may: it takes note of a new binding a moment later.</summary>
    public static async Task UntilAllowedAsync(IKubernetes cluster, string user, string space, string verb, params string[] groups)
    {
        var question = new V1SubjectAccessReview
        {
            Spec = new() { User = user, Groups = groups, ResourceAttributes = new() { NamespaceProperty = space, Verb = verb, Group = "batch", Resource = "jobs" } },
        };
        using var end = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!(await cluster.AuthorizationV1.CreateSubjectAccessReviewAsync(question, cancellationToken: end.Token)).Status.Allowed)
            await Task.Delay(50, end.Token);
    }

    private static async Task<RealCluster> StartAsync() => new(Named ?? await ControlPlane.StartAsync(Programs!));

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
