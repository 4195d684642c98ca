using Gateway.Core.Manifests;
using Gateway.Core.Manifests.Companions;
using Gateway.Core.Scheduling;
using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Status;

/// <summary>Objects of the cluster in the language of the API.</summary>
public static class WorkloadView
{
    /// <summary>A workload as callers see it. Links begin with the path that the gateway is mounted on.</summary>
    public static Workload ToWorkload(this ObservedWorkload observed, string project, string basePath)
    {
        var (owner, main) = (observed.Owner, observed.Owner.PodTemplate().Spec.Containers[0]);
        return new()
        {
            Project = project,
            Namespace = owner.Metadata.NamespaceProperty,
            Name = owner.Metadata.Name,
            Type = owner.Type(),
            Uid = owner.Metadata.Uid,
            User = owner.User(),
            SubmittedBy = owner.SubmittedBy(),
            Image = main.Image,
            Gpu = owner.PodTemplate().ToGpuRequest(),
            Scheduling = owner.PodTemplate().ToSchedulingRequest(owner.Metadata, OwnPods.Label(owner.Type()), observed.Dialect),
            Command = main.Command is null ? null : [.. main.Command],
            Args = main.Args is null ? null : [.. main.Args],
            Labels = CallersOwn(owner.Metadata.Labels, observed.Dialect),
            Annotations = CallersOwn(owner.Metadata.Annotations, observed.Dialect),
            Endpoints = owner.ToEndpoints(),
            Claims = owner.ToClaims(),
            CreatedAt = owner.Metadata.CreationTimestamp,
            StartedAt = observed.StartedAt(),
            CompletedAt = observed.CompletedAt(),
            Phase = observed.Phase(),
            Reason = observed.Reason(),
            LastEnd = observed.LastEnd(),
            Attempts = observed.Attempts(),
            Pods = observed.PodStatuses(),
            ManagedBy = owner.GetController() is { } controller ? $"{controller.Kind}/{controller.Name}" : null,
            Deletion = observed.Deletion(),
            Links = Links(basePath, project, owner.Metadata.Name),
        };
    }

    /// <summary>A workload as it would be, with the object that would be created.</summary>
    public static Workload ToPlan(this ObservedWorkload planned, string project, string basePath) =>
        planned.ToWorkload(project, basePath) with { Manifest = planned.Owner };

    /// <summary>The receipt of a workload that is gone: as it was last seen, without its pods, with the times at which that was asked for and at which it was no longer there.</summary>
    public static Workload ToReceipt(this Workload workload, DateTime requestedAt, DateTime goneAt) => workload with
    {
        Phase = Status.Phase.Deleting,
        Reason = null,
        Pods = [],
        Deletion = new() { RequestedAt = requestedAt, PodsRemaining = 0, CompletedAt = goneAt },
    };

    /// <summary>The address of a workload, below the path that the gateway is mounted on.</summary>
    public static string Path(string project, string name) => $"/projects/{project}/workloads/{name}";

    // The scheduler's keys can be set to others than those that are reserved.
    private static Dictionary<string, string> CallersOwn(IDictionary<string, string>? entries, SchedulerDialect dialect) =>
        (entries ?? new Dictionary<string, string>()).Where(entry => !ReservedKeys.IsReserved(entry.Key)
            && entry.Key != dialect.PriorityClassLabel && entry.Key != dialect.PreemptibilityLabel && entry.Key != dialect.NodePoolLabel && entry.Key != dialect.QueueLabel).ToDictionary();

    private static WorkloadLinks Links(string basePath, string project, string name)
    {
        var self = basePath + Path(project, name);
        return new() { Self = self, Manifest = $"{self}/manifest", Logs = $"{self}/logs", Events = $"{self}/events" };
    }
}
