using Gateway.Api.Observability;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Gateway.Api.Cluster.Connection;

/// <summary>
/// How calls to one API server are sent again, and when none is sent at all because it cannot be reached:
/// see docs/decisions/0007-sending-again.md.
/// </summary>
internal sealed partial class Resilience
{
    /// <summary>How long nothing is sent to a server that cannot be reached, before one call tries again.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private const int Most = 3;

    // Of the calls of the last seconds so many, and such a share, must have found nobody: a server of several that restarts is not enough.
    private const int LeastCalls = 10;
    private const double MostLost = 0.8;
    private static readonly TimeSpan Looked = TimeSpan.FromSeconds(2);

    // Who has to wait for longer is told so, and waits outside.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    private static readonly ResiliencePropertyKey<CallInHand> InHand = new(nameof(InHand));

    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    public Resilience(TimeProvider time, GatewayMetrics metrics, ILogger log)
    {
        var retry = new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = Most,
            BackoffType = DelayBackoffType.Exponential,
            Delay = FirstPause,
            MaxDelay = LongestPause,
            UseJitter = true,
            ShouldHandle = attempt => ValueTask.FromResult(MayGoOn(attempt.Outcome.Exception, Of(attempt.Context), time)),
            DelayGenerator = attempt => ValueTask.FromResult((attempt.Outcome.Exception as ClusterException)?.RetryAfter),
            OnRetry = _ =>
            {
                metrics.ClusterCallRepeated();
                return default;
            },
        };
        // What the server answers, be it 429 or 500, is one tenant's: only that there is no server is everybody's.
        var breaker = new CircuitBreakerStrategyOptions<HttpResponseMessage>
        {
            FailureRatio = MostLost,
            MinimumThroughput = LeastCalls,
            SamplingDuration = Looked,
            BreakDuration = Pause,
            StateProvider = _state,
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Exception is ClusterException { FoundNobody: true }),
            OnOpened = _ =>
            {
                LogLost(log);
                return default;
            },
            OnClosed = _ =>
            {
                LogFound(log);
                return default;
            },
        };
        metrics.ShowReach(() => _state.CircuitState is CircuitState.Closed);
        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }.AddRetry(retry).AddCircuitBreaker(breaker).Build();
    }

    /// <summary>Makes a call, again where that helps, within its budget. Every attempt goes by the same way.</summary>
    public async Task<HttpResponseMessage> SendAsync(Func<Task<HttpResponseMessage>> attempt, CallInHand call, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(InHand, call);
        try
        {
            return await _pipeline.ExecuteAsync(static async (_, attempt) => await attempt(), context, attempt);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    // While one call tries whether the server is back, those beside it, which were not sent, wait for what it finds: a request may be
    // several calls at once.
    private bool MayGoOn(Exception? failure, CallInHand call, TimeProvider time) => call.HasTime(time, LongestPause) && failure switch
    {
        ClusterException e => e.Passes && !(e.RetryAfter > LongestPause) && call.Budget.Allows,
        BrokenCircuitException => _state.CircuitState is CircuitState.HalfOpen or CircuitState.Closed,
        _ => false,
    };

    private static CallInHand Of(ResilienceContext context) => context.Properties.GetValue(InHand, null!);

    [LoggerMessage(53, LogLevel.Error, "The cluster cannot be reached: until it can, calls fail at once, but for one a second that tries")]
    private static partial void LogLost(ILogger log);

    [LoggerMessage(54, LogLevel.Information, "The cluster can be reached again")]
    private static partial void LogFound(ILogger log);
}

/// <summary>A call that may be sent more than once.</summary>
/// <param name="Budget">What the calls of its kind may be sent again.</param>
/// <param name="StartedAt">When it was sent first, in the clock's ticks.</param>
internal sealed record CallInHand(RetryBudget Budget, long StartedAt)
{
    /// <summary>Whether there is time left.</summary>
    public bool HasTime(TimeProvider time, TimeSpan longest) => time.GetElapsedTime(StartedAt) < longest;
}
