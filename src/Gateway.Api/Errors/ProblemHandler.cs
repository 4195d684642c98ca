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
                {
                    Log(cause);
                }
                return refusal.Problem;
            case BadHttpRequestException unreadable:
                return unreadable.ToProblem(context);
            case ClusterException cluster:
                Log(cluster);
                return cluster.ToProblem();
            case JsonException:
                LogCluster("An answer of the cluster", "it is not the JSON that it should be", ClusterAdvice.Proxy);
                return ProblemTypes.ClusterError.With("The cluster's answer makes no sense.") with { Outcome = Outcome.Unknown };
            default:
                LogDefect(exception, exception.GetType().Name);
                return ProblemTypes.InternalError.With("This is a defect of the gateway. Its log has more under the traceId.") with { Outcome = Outcome.Unknown };
        }
    }

    // A refusal that the caller is told the reason of, and can mend, is nothing that an operator has to act on.
    private void Log(ClusterException refusal)
    {
        if (ClusterAdvice.For(refusal) is { } advice)
        {
            LogCluster(refusal.Call, ClusterAdvice.Cause(refusal), advice);
        }
        else
        {
            LogRefusal(refusal.Call, ClusterAdvice.Cause(refusal));
        }
    }

    [LoggerMessage(10, LogLevel.Warning, "A call to the cluster failed: {Call}: {Cause}. {Advice}")]
    private partial void LogCluster(string call, string cause, string advice);

    [LoggerMessage(12, LogLevel.Information, "The cluster refused a call: {Call}: {Cause}")]
    private partial void LogRefusal(string call, string cause);

    [LoggerMessage(11, LogLevel.Error, "A request failed by a defect of the gateway: {Kind}. Please report it with this event")]
    private partial void LogDefect(Exception exception, string kind);
}
