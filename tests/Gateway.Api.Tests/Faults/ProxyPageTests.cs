using System.Net;
using Gateway.Api.Cluster;
using Gateway.Api.Cluster.Connection;
using Xunit;

namespace Gateway.Api.Tests.Faults;

/// <summary>A page of a proxy before the cluster is a refusal, whatever it says of itself.</summary>
public sealed class ProxyPageTests
{
    [Theory]
    [InlineData("text/html; charset=utf8")]
    [InlineData("text/html; charset=windows-1252")]
    public async Task Page_InAnyCharset_IsARefusal(string type)
    {
        using var client = new HttpClient(new RefusalHandler(new Proxy(type), writes: true));

        var refusal = await Assert.ThrowsAsync<ClusterException>(() => client.GetAsync(new Uri("http://cluster/api")));

        Assert.Equal(HttpStatusCode.BadGateway, refusal.Status);
    }

    private sealed class Proxy(string type) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = new HttpResponseMessage(HttpStatusCode.BadGateway) { Content = new ByteArrayContent("<html>"u8.ToArray()) };
            answer.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            return Task.FromResult(answer);
        }
    }
}
