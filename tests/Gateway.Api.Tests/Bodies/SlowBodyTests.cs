using Gateway.Api.Errors;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Gateway.Api.Tests.Bodies;

/// <summary>A body that never comes, and every other status that has no body of its own.</summary>
public sealed class SlowBodyTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Submit_OfABodyThatDoesNotCome_IsToldSo()
    {
        using var request = await RawRequest.PostAsync(gateway.ClientOptions.BaseAddress, "/projects/team-a/workloads", 100);
        await request.SendAsync("{");

        var answer = await request.AnswerAsync();

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"REQUEST_TIMEOUT\"", answer, StringComparison.Ordinal);
        Assert.Contains("\"retryable\":true", answer, StringComparison.Ordinal);
    }

    // A pair of a status and a code that is in no table nobody can look up.
    [Fact]
    public void Status_WithoutABody_IsAnsweredByARowOfTheTable() => Assert.All(Enumerable.Range(400, 200), status =>
    {
        var context = new DefaultHttpContext { Response = { StatusCode = status } };

        Assert.Contains(ErrorFeature.WithoutBody(context).Type, ProblemTypes.All);
        Assert.Contains(new BadHttpRequestException("", status).ToProblem(context).Type, ProblemTypes.All);
    });
}
