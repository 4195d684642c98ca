using Gateway.Core.Workloads;

namespace Gateway.Api.Cluster;

/// <summary>How the refusals of calls are taken.</summary>
internal static class ClusterCalls
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

    /// <summary>What the call gives; null when the object that it names is not there.</summary>
    public static async Task<T?> OrNull<T>(this Task<T> call)
        where T : class
    {
        try
        {
            return await call;
        }
        catch (ClusterException e) when (e.IsGone)
        {
            return null;
        }
    }
}
