namespace Gateway.Api.Workloads;

/// <summary>Workloads: submit, read, delete.</summary>
internal static class WorkloadFeature
{
    /// <summary>Registers what the handlers of workloads need.</summary>
    public static IServiceCollection AddWorkloads(this IServiceCollection services) =>
        services.AddSingleton<NameTurns>().AddSingleton<Submissions>().AddSingleton<WorkloadFinder>();
}
