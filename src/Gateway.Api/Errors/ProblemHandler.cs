using System.Text.Json;
using Gateway.Api.Cluster;
using Microsoft.AspNetCore.Diagnostics;

namespace Gateway.Api.Errors;

/// <summary>The only place where an exception becomes an answer.</summary>
internal sealed partial class ProblemHandler(ILogger<ProblemHandler> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        await ToProblem(httpContext, exception).ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>The answer that an exception becomes; what the operator has to know of it is logged.</summary>
    public Problem ToProblem(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case ProblemException refusal:
                if (refusal.InnerException is ClusterException cause)
                    LogCluster((int?)cause.Status, cause.Reason, cause.TimedOut);
                return refusal.Problem;
            case BadHttpRequestException unreadable:
                return unreadable.ToProblem(context);
            case ClusterException cluster:
                LogCluster((int?)cluster.Status, cluster.Reason, cluster.TimedOut);
                return cluster.ToProblem();
            case JsonException:
                LogCluster(null, "no JSON that it should be", timedOut: false);
                return ProblemTypes.ClusterError.With("The cluster's answer makes no sense.") with { Outcome = Outcome.Unknown };
            default:
                LogDefect(exception, exception.GetType().Name);
                return ProblemTypes.InternalError.With("This is a defect of the gateway. Its log has more under the traceId.") with { Outcome = Outcome.Unknown };
        }
    }

    [LoggerMessage(10, LogLevel.Warning, "The cluster refused a call, or did not answer it: status {Status}, reason {Reason}, timed out {TimedOut}")]
    private partial void LogCluster(int? status, string reason, bool timedOut);

    [LoggerMessage(11, LogLevel.Error, "A defect: {Kind}")]
    private partial void LogDefect(Exception exception, string kind);
}
