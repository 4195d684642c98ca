using Gateway.Api.Cluster.Connection;
using Gateway.Api.Observability;
using Gateway.Api.Projects;
using Gateway.Embedded;
using k8s;
using k8s.Exceptions;
using k8s.KubeConfigModels;
using Microsoft.Extensions.Options;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Gateway.Api.Cluster;

/// <summary>Which cluster it is, decided at start.</summary>
internal static class ClusterFeature
{
    private const string TokenFile = "/var/run/secrets/kubernetes.io/serviceaccount/token";

    /// <summary>Registers the connection to the cluster; a setting that cannot work stops the start.</summary>
    public static ClusterMode AddCluster(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(ClusterOptions.Section);
        if (section["Mode"] is { } said && !Enum.GetNames<ClusterMode>().Contains(said, StringComparer.OrdinalIgnoreCase))
            throw Stop($"Cluster:Mode must be {string.Join(" or ", Enum.GetNames<ClusterMode>())}, not {said}.");
        var options = section.Get<ClusterOptions>() ?? new();
        if (options.CallTimeout <= TimeSpan.Zero)
            throw Stop("Cluster:CallTimeout must be more than 0, such as 00:00:40.");
        if (options.ConnectTimeout <= TimeSpan.Zero)
            throw Stop("Cluster:ConnectTimeout must be more than 0, such as 00:00:01.5.");
        if (options.Operations is { PerProject: < 1 } or { Total: < 1 } or { Waiting: < 0 })
            throw Stop("Cluster:Operations: PerProject and Total must be 1 or more, and Waiting 0 or more.");
        var mode = Resolve(options.Mode, inPod: builder.Configuration["KUBERNETES_SERVICE_HOST"] is { Length: > 0 });
        if (mode == ClusterMode.Embedded)
            builder.Services.AddSingleton(new EmbeddedClusterOptions()).AddSingleton<EmbeddedClusterService>().AddHostedService(services => services.GetRequiredService<EmbeddedClusterService>());
        var found = mode == ClusterMode.Embedded ? null : Find(mode, options);
        builder.Services.AddSingleton(services => new ClusterConnection(
            found ?? services.GetRequiredService<EmbeddedClusterService>().Configuration,
            options,
            services.GetRequiredService<IOptions<ProjectOptions>>().Value,
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<GatewayMetrics>(),
            services.GetRequiredService<ILogger<ClusterConnection>>()));
        builder.Services.AddSingleton(options.Operations);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ClusterNamespaces>().AddSingleton<ClusterReviews>().AddSingleton<ClusterQueues>().AddSingleton<ClusterLimits>().AddSingleton<ClusterWorkloads>().AddSingleton<ClusterCompanions>().AddSingleton<ClusterObserver>().AddSingleton<ClusterLogs>().AddSingleton<ClusterEvents>();
        return mode;
    }

    private static ClusterMode Resolve(ClusterMode mode, bool inPod) => mode switch
    {
        ClusterMode.Auto => inPod ? ClusterMode.InCluster : ClusterMode.Embedded,
        _ => mode,
    };

    private static KubernetesClientConfiguration Find(ClusterMode mode, ClusterOptions options)
    {
        if (mode == ClusterMode.Kubeconfig)
            return FromFile(options);
        if (!File.Exists(TokenFile))
            throw Stop($"Cluster:Mode is InCluster (or Auto inside a pod, seen by KUBERNETES_SERVICE_HOST), but there is no service account token at {TokenFile}. "
                + "Set automountServiceAccountToken to true, or Cluster:Mode to Embedded or Kubeconfig.");
        return KubernetesClientConfiguration.InClusterConfig();
    }

    // Read here, since the client library's own reader first learns every type of Kubernetes: that takes half of the time of the start.
    private static KubernetesClientConfiguration FromFile(ClusterOptions options)
    {
        var path = options.Kubeconfig ?? KubernetesClientConfiguration.KubeConfigDefaultLocation;
        try
        {
            using var text = File.OpenText(path);
            var config = new DeserializerBuilder().IgnoreUnmatchedProperties().Build().Deserialize<K8SConfiguration?>(text) ?? new();
            config.FileName = Path.GetFullPath(path);
            return KubernetesClientConfiguration.BuildConfigFromConfigObject(config, options.Context);
        }
        catch (Exception e) when (e is KubeConfigException or IOException or YamlException)
        {
            throw Stop($"Cluster:Mode is Kubeconfig, and Cluster:Kubeconfig ({path}) or Cluster:Context cannot be used: {e.Message}");
        }
    }

    private static OptionsValidationException Stop(string reason) => new(ClusterOptions.Section, typeof(ClusterOptions), [reason]);
}
