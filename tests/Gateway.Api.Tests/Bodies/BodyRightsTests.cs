using Gateway.Api.Access;
using Gateway.Api.Bodies;
using Gateway.Api.Tests.Identity;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gateway.Api.Tests.Bodies;

/// <summary>Who may not send a body is told so before it is read.</summary>
public sealed class BodyRightsTests(SecuredGateway gateway) : IClassFixture<SecuredGateway>
{
    private const string Workloads = "/projects/team-a/workloads";

    // The answer comes although not a byte of the body does.
    [Theory]
    [InlineData("reader", "", 403)]
    [InlineData("reader", "?dryRun=true", 403)]
    [InlineData("reader", "/batch", 403)]
    [InlineData("reader", "/batch-delete", 403)]
    [InlineData("reader", "/some/suspend", 403)]
    [InlineData("creator", "/batch-delete", 403)]
    [InlineData("stranger", "", 404)]
    [InlineData("stranger", "/batch", 404)]
    [InlineData("stranger", "/batch-delete", 404)]
    [InlineData("garbage", "", 401)]
    [InlineData("garbage", "/batch", 401)]
    public async Task Post_WithoutTheRight_IsRefusedBeforeItsBody(string caller, string path, int status)
    {
        using var request = await RawRequest.PostAsync(gateway.Host.ClientOptions.BaseAddress, Workloads + path, BodyLimit.Standard.Bytes, gateway.TokenOf(caller));

        Assert.Equal(status, await request.StatusAsync());
    }

    [Fact]
    public void Route_ThatTakesABody_SaysWhichRightThatTakes()
    {
        var takeBodies = gateway.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is not null).ToList();

        Assert.Equal(3, takeBodies.Count);
        Assert.All(takeBodies, endpoint => Assert.NotNull(endpoint.Metadata.GetMetadata<RequiredVerb>()));
    }
}
