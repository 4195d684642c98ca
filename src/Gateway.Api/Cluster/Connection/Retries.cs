using Polly.CircuitBreaker;

namespace Gateway.Api.Cluster.Connection;

/// <summary>
/// Sends a call again when what kept it from succeeding passes by itself, a few times within a second. That is right for writes too:
/// see docs/decisions/0007-sending-again.md.
/// </summary>
internal sealed class Retries(HttpMessageHandler inner, Resilience resilience, TimeProvider time) : DelegatingHandler(inner)
{
    private readonly RetryBudget _budget = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var uncertain = false;
        try
        {
            return await resilience.SendAsync(AttemptAsync, new(_budget, time.GetTimestamp()), cancellationToken);
        }
        catch (BrokenCircuitException)
        {
            throw new ClusterException("The cluster cannot be reached; this call was not sent.") { FoundNobody = true, MayHaveHappened = uncertain, RetryAfter = Resilience.Pause };
        }

        async Task<HttpResponseMessage> AttemptAsync()
        {
            try
            {
                var response = await base.SendAsync(request, cancellationToken);
                _budget.Succeeded();
                return response;
            }
            catch (ClusterException e)
            {
                if (e.Passes)
                    _budget.Failed();
                // Whatever this answer is, an earlier attempt may have been carried out.
                uncertain = e.MayHaveHappened |= uncertain;
                throw;
            }
        }
    }
}
