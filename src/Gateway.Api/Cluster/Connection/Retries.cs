using Gateway.Api.Observability;
using Polly;
using Polly.Retry;

namespace Gateway.Api.Cluster.Connection;

/// <summary>
/// Sends a call again when what kept it from succeeding passes by itself, a few times within seconds. That is right for writes too:
/// see docs/decisions/0007-sending-again.md.
/// </summary>
internal sealed class Retries : DelegatingHandler
{
    private const int Most = 3;

    // Who has to wait for longer is told so, and waits outside.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    public Retries(HttpMessageHandler inner, TimeProvider time, GatewayMetrics metrics)
        : base(inner)
    {
        var retry = new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = Most,
            BackoffType = DelayBackoffType.Exponential,
            Delay = FirstPause,
            MaxDelay = LongestPause,
            UseJitter = true,
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Exception is ClusterException { Passes: true } e && !(e.RetryAfter > LongestPause)),
            DelayGenerator = attempt => ValueTask.FromResult((attempt.Outcome.Exception as ClusterException)?.RetryAfter),
            OnRetry = _ =>
            {
                metrics.ClusterCallRepeated();
                return default;
            },
        };
        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }.AddRetry(retry).Build();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var uncertain = false;
        return await _pipeline.ExecuteAsync(async _ =>
        {
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (ClusterException e)
            {
                // Whatever this answer is, an earlier attempt may have been carried out.
                uncertain = e.MayHaveHappened |= uncertain;
                throw;
            }
        }, cancellationToken);
    }
}
