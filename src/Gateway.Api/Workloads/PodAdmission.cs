using Gateway.Api.Cluster;
using Gateway.Api.Errors;
using Gateway.Api.Identity;
using Gateway.Api.Projects;
using Gateway.Core.Workloads;
using k8s;
using k8s.Models;

namespace Gateway.Api.Workloads;

/// <summary>
/// Has the cluster say, before anything is stored, whether it admits a workload's pod: a Job or StatefulSet whose pods are refused is
/// taken all the same.
/// </summary>
internal sealed class PodAdmission(ClusterWorkloads workloads, ClusterLimits limits, TimeProvider time)
{
    private const int Projects = 10_000;

    // Who has just been given a quota may still get in, as one who comes a moment before it.
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(10);
    private static readonly string[] Final = [ProblemTypes.QuotaExceeded.Code, ProblemTypes.PolicyDenied.Code, ProblemTypes.InvalidWorkload.Code];

    private readonly RecentAnswers<string, bool> _limited = new(Projects, time);

    /// <summary>
    /// Ends the request where a project's quota or limit range refuses the pod; asks nothing where it has neither. What keeps the cluster
    /// from saying is no reason to refuse.
    /// </summary>
    public async Task RequireAsync(Project project, WorkloadSubmission completed, IKubernetesObject<V1ObjectMeta> manifest, CancellationToken cancellationToken)
    {
        try
        {
            if (await IsLimitedAsync(project, cancellationToken))
            {
                await TryAsync(project, completed, manifest, cancellationToken);
            }
        }
        catch (ClusterException e) when (!Final.Contains(e.ToProblem().Type.Code))
        {
            // Creating the object tells, or the pods do.
        }
    }

    /// <summary>Ends the request where the cluster refuses the pod. A train that is to wait for its resuming needs no room now.</summary>
    public async Task TryAsync(Project project, WorkloadSubmission completed, IKubernetesObject<V1ObjectMeta> manifest, CancellationToken cancellationToken)
    {
        try
        {
            await workloads.TryPodAsync(project, manifest, cancellationToken).For(completed);
        }
        catch (ClusterException e) when (completed.Suspended == true && e.ToProblem().Type == ProblemTypes.QuotaExceeded)
        {
            // It has no pods yet.
        }
    }

    private ValueTask<bool> IsLimitedAsync(Project project, CancellationToken cancellationToken) =>
        _limited.GetAsync(project.Namespace, () => limits.AnyAsync(project, CancellationToken.None), _ => Life, cancellationToken);
}
