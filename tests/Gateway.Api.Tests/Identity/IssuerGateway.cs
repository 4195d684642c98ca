using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Api.Tests.Identity;

/// <summary>A gateway that takes the tokens of one issuer, with the clock of everything.</summary>
public sealed class IssuerGateway : IAsyncLifetime, IAsyncDisposable
{
    private GatewayHost _host = null!;

    internal TestIssuer Issuer { get; private set; } = null!;

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UtcNow);

    public async Task InitializeAsync()
    {
        Issuer = await TestIssuer.StartAsync();
        _host = new()
        {
            Time = Time,
            Settings = new()
            {
                ["Authentication:Mode"] = "Oidc",
                ["Authentication:Oidc:0:Issuer"] = Issuer.Url,
                ["Authentication:Oidc:0:Audience"] = TestIssuer.Audience,
                ["Authentication:Oidc:0:AllowHttp"] = "true",
            },
        };
        await _host.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await ((IAsyncLifetime)_host).DisposeAsync();
        await Issuer.DisposeAsync();
    }

    ValueTask IAsyncDisposable.DisposeAsync() => new(DisposeAsync());

    /// <summary>How a request with this token is answered.</summary>
    public async Task<HttpStatusCode> StatusAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/me");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return (await _host.Http.SendAsync(request)).StatusCode;
    }

    /// <summary>A token that is good for an hour, of those that the issuer signs now.</summary>
    public string Good(int number = 0)
    {
        var claims = Claims(("exp", "now+3600"));
        claims["jti"] = $"{number}";
        return Issuer.Sign(claims);
    }

    /// <summary>Claims with these values: JSON, seconds before or after now as "now-60", or "absent".</summary>
    public JsonObject Claims(params (string Name, string Value)[] claims)
    {
        var said = new JsonObject();
        foreach (var (name, value) in claims.Where(claim => claim.Value != "absent"))
            said[name] = value.StartsWith("now", StringComparison.Ordinal) ? Now(value[3..]) : JsonNode.Parse(value);
        return said;
    }

    private JsonNode Now(string offset)
    {
        var seconds = Time.GetUtcNow().ToUnixTimeSeconds() + decimal.Parse(offset, CultureInfo.InvariantCulture);
        return decimal.IsInteger(seconds) ? (long)seconds : seconds;
    }
}
