using System.Threading.RateLimiting;
using Gateway.Api.Access;
using Gateway.Api.Errors;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Projects;

/// <summary>
/// How many requests a project takes. Only who may read it is counted: a stranger cannot use it up. Nor can one caller, or several: a
/// tenth of it is each caller's own, and only what goes beyond that is taken from what all share.
/// </summary>
internal sealed class ProjectRate : IDisposable
{
    private const int Part = 10;

    private readonly RateLimit _own;
    private readonly PartitionedRateLimiter<ProjectAccess> _ofCallers;
    private readonly PartitionedRateLimiter<ProjectAccess> _ofAll;

    public ProjectRate(IOptions<RateLimitOptions> options)
    {
        _own = options.Value.Project.Share(Part);
        _ofCallers = PartitionedRateLimiter.Create<ProjectAccess, string>(access => _own.Partition($"{access.Project.Namespace}/{access.ShareKey}"));
        _ofAll = PartitionedRateLimiter.Create<ProjectAccess, string>(access => options.Value.Project.Partition(access.Project.Namespace));
    }

    /// <summary>Ends the request with 429 when there were too many; it counts as so many.</summary>
    public void Require(ProjectAccess access, int requests = 1)
    {
        using var own = requests <= _own.Largest ? _ofCallers.AttemptAcquire(access, requests) : null;
        if (own?.IsAcquired == true)
            return;
        using var shared = _ofAll.AttemptAcquire(access, requests);
        if (!shared.IsAcquired)
            throw new ProblemException(RateLimit.Refusal(shared, "There are too many requests to this project (RateLimits:Project)."));
    }

    public void Dispose()
    {
        _ofCallers.Dispose();
        _ofAll.Dispose();
    }
}
