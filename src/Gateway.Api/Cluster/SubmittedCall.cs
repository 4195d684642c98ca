using Gateway.Core.Workloads;

namespace Gateway.Api.Cluster;

/// <summary>A call that carries a submission out.</summary>
internal static class SubmittedCall
{
    /// <summary>The call, whose refusal says what was submitted: only so can the cluster's fields be put into the caller's words.</summary>
    public static async Task<T> For<T>(this Task<T> call, WorkloadSubmission submission)
    {
        try
        {
            return await call;
        }
        catch (ClusterException e)
        {
            e.Submission = submission;
            throw;
        }
    }
}
