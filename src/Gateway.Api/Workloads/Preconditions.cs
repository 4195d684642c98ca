using Gateway.Api.Errors;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads;

/// <summary>What must hold before a workload is changed.</summary>
internal static class Preconditions
{
    /// <summary>Ends the request with 409 where another controller would undo the change.</summary>
    public static void RequireUnmanaged(this Workload workload)
    {
        if (workload.ManagedBy is { } controller)
            throw new ProblemException(ProblemTypes.ManagedElsewhere.With($"{controller} made this workload and would make it again, or undo the change: do it there."));
    }

    /// <summary>Ends the request with 412 where `If-Match` names another state of the workload.</summary>
    public static void RequireMatch(this Workload workload, HttpRequest request)
    {
        if (!WorkloadAnswer.Matches(request, workload))
            throw new ProblemException(ProblemTypes.PreconditionFailed.With("The workload has changed since the ETag of If-Match was given.") with { Uid = workload.Uid });
    }
}
