using Gateway.Api.Workloads.Batches;
using Gateway.Api.Workloads.Policy;
using Gateway.Core.Manifests;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Workloads;

/// <summary>Workloads: submit, read, delete.</summary>
internal static class WorkloadFeature
{
    /// <summary>Registers what the handlers of workloads need; a policy that cannot work stops the start.</summary>
    public static IServiceCollection AddWorkloads(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<IngressOptions>().BindConfiguration(IngressOptions.Section)
            .Validate(options => options.HostTemplate is null || options.HostTemplate.Contains("{name}", StringComparison.Ordinal), "Ingress:HostTemplate must have {name}, or two workloads would have one host.")
            .ValidateOnStart();
        services.AddOptions<ImageOptions>().BindConfiguration(ImageOptions.Section);
        services.AddOptions<IdempotencyOptions>().BindConfiguration(IdempotencyOptions.Section)
            .Validate(options => options.Retention >= TimeSpan.Zero, "Idempotency:Retention must not be negative.").ValidateOnStart();
        services.AddSingleton(provider => Defaults(provider.GetRequiredService<IOptions<IngressOptions>>().Value, provider.GetRequiredService<IOptions<ImageOptions>>().Value));
        return services.AddSingleton(new Policies(configuration)).AddSingleton<Admission>().AddSingleton<PodAdmission>().AddSingleton<NameTurns>().AddSingleton<NameHolders>().AddSingleton<Settlement>().AddSingleton<Companions>().AddSingleton<Submissions>().AddSingleton<WorkloadFinder>().AddSingleton<WorkloadReader>().AddSingleton<Deletions>().AddSingleton<BatchSubmissions>().AddSingleton<BatchDeletions>();
    }

    private static WorkloadDefaults Defaults(IngressOptions ingress, ImageOptions images) =>
        WorkloadDefaults.Standard with { GitImage = images.Git, IngressClass = ingress.ClassName, IngressHost = ingress.HostTemplate };
}
