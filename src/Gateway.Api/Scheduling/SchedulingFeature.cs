using Gateway.Core.Workloads;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Scheduling;

/// <summary>The scheduler's words, decided at start.</summary>
internal static class SchedulingFeature
{
    /// <summary>Registers the dialect; a setting that cannot work stops the start.</summary>
    public static IServiceCollection AddScheduling(this IServiceCollection services)
    {
        services.AddOptions<SchedulerOptions>().BindConfiguration(SchedulerOptions.Section)
            .Validate(options => Enum.IsDefined(options.Dialect), $"Scheduler:Dialect must be {string.Join(" or ", Enum.GetNames<Dialect>())}.")
            .Validate(options => KubernetesNames.IsObjectName(options.ToDialect().SchedulerName), "Scheduler:Name must be the name of a scheduler, such as kai-scheduler.")
            .Validate(options => options.QueueLabel is null or "" || KubernetesNames.IsLabelKey(options.QueueLabel), "Scheduler:QueueLabel must be a label key, such as kai.scheduler/queue, or empty.")
            .Validate(options => KubernetesNames.IsLabelKey(options.ToDialect().PriorityClassLabel), "Scheduler:PriorityClassLabel must be a label key, such as priorityClassName.")
            .Validate(options => KubernetesNames.IsLabelKey(options.ToDialect().PreemptibilityLabel), "Scheduler:PreemptibilityLabel must be a label key, such as kai.scheduler/preemptibility.")
            .Validate(options => KubernetesNames.IsLabelKey(options.ToDialect().NodePoolLabel), "Scheduler:NodePoolLabel must be a label key, such as kai.scheduler/node-pool.")
            .Validate(options => options.ToDialect().PriorityClasses.All(KubernetesNames.IsLabelValue), "Scheduler:PriorityClasses must be names of priority classes.")
            .Validate(options => options.PreemptionRoom is null or (>= 0 and <= 1000), "Scheduler:PreemptionRoom must be 0 to 1000.")
            .Validate(options => options.Defaults.Keys.All(type => WorkloadType.All.Contains(type, StringComparer.OrdinalIgnoreCase)), $"Scheduler:Defaults is by type: {string.Join(" or ", WorkloadType.All)}.")
            .Validate(HasDefaultClasses, "Scheduler:Defaults:…:priorityClass must be one of Scheduler:PriorityClasses.")
            .ValidateOnStart();
        return services.AddSingleton(provider => provider.GetRequiredService<IOptions<SchedulerOptions>>().Value.ToDialect());
    }

    private static bool HasDefaultClasses(SchedulerOptions options)
    {
        var dialect = options.ToDialect();
        return dialect.Defaults.Values.All(wish => wish.PriorityClass is null || dialect.PriorityClasses.Contains(wish.PriorityClass));
    }
}
