using Gateway.Api.Workloads.Policy;

namespace Gateway.Api.Workloads;

/// <summary>Workloads: submit, read, delete.</summary>
internal static class WorkloadFeature
{
    /// <summary>Registers what the handlers of workloads need; a policy that cannot work stops the start.</summary>
    public static IServiceCollection AddWorkloads(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton(new Policies(configuration)).AddSingleton<Admission>().AddSingleton<NameTurns>().AddSingleton<Submissions>().AddSingleton<WorkloadFinder>();
}
