using Gateway.Api.Access;
using Gateway.Api.Projects;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Workloads.Batches;

/// <summary>How large a batch may be, and what it counts as: as many requests as it has items, of its caller and to its project.</summary>
internal sealed class BatchLimits(CallerRate callers, ProjectRate projects, IOptions<RateLimitOptions> options)
{
    private const int Most = 1000;

    /// <summary>How many items one request may have: no more than can ever be let through at once.</summary>
    public int Largest { get; } = Math.Min(Most, Math.Min(options.Value.Caller.Largest, options.Value.Project.Largest));

    /// <summary>Ends a request with 429 whose items are too many at this moment, before any of them is touched. The request was counted as its first item.</summary>
    public void Require(ProjectAccess access, HttpContext context, int items)
    {
        if (items <= 1)
            return;
        callers.Require(context, items - 1);
        projects.Require(access, items - 1);
    }
}
