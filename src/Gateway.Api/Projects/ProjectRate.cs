using System.Threading.RateLimiting;
using Gateway.Api.Access;
using Gateway.Api.Errors;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Projects;

/// <summary>How many requests a project takes. Only who may read it is counted: a stranger cannot use it up.</summary>
internal sealed class ProjectRate(IOptions<RateLimitOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<Project> _limiter = PartitionedRateLimiter.Create<Project, string>(project => options.Value.Project.Partition(project.Namespace));

    /// <summary>Ends the request with 429 when there were too many.</summary>
    public void Require(Project project)
    {
        using var lease = _limiter.AttemptAcquire(project);
        if (!lease.IsAcquired)
            throw new ProblemException(RateLimit.Refusal(lease));
    }

    public void Dispose() => _limiter.Dispose();
}
