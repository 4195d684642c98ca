using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Gateway.Api.Tests.Identity;

/// <summary>An issuer whose signing key changes is followed, whatever its tokens say of their life, and is not asked without end.</summary>
public sealed class KeyRotationTests : IClassFixture<IssuerGateway>
{
    // The greatest second that a date can have, and beyond.
    private const string EndOfYear9999 = "253402300799";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly IssuerGateway _gateway;

    public KeyRotationTests(IssuerGateway gateway)
    {
        _gateway = gateway;
        // Each test may have the keys read at once.
        _gateway.Time.Advance(Interval);
    }

    public static TheoryData<string, string> Lives()
    {
        var rows = new TheoryData<string, string>();
        foreach (var notBefore in NotBefore.Keys)
        {
            foreach (var expires in Expires.Keys)
                rows.Add(notBefore, expires);
        }
        return rows;
    }

    // What a token may say, seconds before or after now as "now-60", and whether it is good then.
    private static Dictionary<string, bool> NotBefore { get; } = new()
    {
        ["absent"] = true, ["null"] = false, ["0"] = true, ["-1"] = true, ["-9223372036854775808"] = true, ["1.5"] = true,
        ["now-60"] = true, ["now-60.5"] = true, ["now+10"] = true, ["now+3600"] = false, [EndOfYear9999] = false,
        ["253402300800"] = false, ["9223372036854775807"] = false,
    };

    private static Dictionary<string, bool> Expires { get; } = new()
    {
        ["absent"] = false, ["null"] = false, ["0"] = false, ["-1"] = false, ["-9223372036854775808"] = false,
        ["1.5"] = false, ["now-3600"] = false, ["now-10"] = true, ["now+600"] = true, ["now+600.5"] = true,
        [EndOfYear9999] = true, ["253402300800"] = true, ["9223372036854775807"] = true,
    };

    [Theory]
    [MemberData(nameof(Lives))]
    public async Task Rotation_WhateverTheTokensSayOfTheirLife_IsFollowed(string notBefore, string expires)
    {
        _gateway.Issuer.Rotate();
        var good = NotBefore[notBefore] && Expires[expires];

        var token = _gateway.Issuer.Sign(Claims(notBefore, expires));

        Assert.Equal(good ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, await _gateway.StatusAsync(token));
        Assert.Equal(HttpStatusCode.OK, await _gateway.StatusAsync(_gateway.Good()));
    }

    [Theory]
    [InlineData("\"soon\"")]
    [InlineData("\"\"")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("true")]
    [InlineData("1e300")]
    [InlineData("-1e300")]
    [InlineData("9223372036854775808")]
    public async Task Rejects_ALifeThatIsNoNumberOfSeconds(string value)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await _gateway.StatusAsync(_gateway.Issuer.Sign(Claims("absent", value))));
        Assert.Equal(HttpStatusCode.Unauthorized, await _gateway.StatusAsync(_gateway.Issuer.Sign(Claims(value, "absent"))));
        _gateway.Issuer.Rotate();
        Assert.Equal(HttpStatusCode.OK, await _gateway.StatusAsync(_gateway.Good()));
    }

    [Fact]
    public async Task Rotation_ThatManyNoticeAtOnce_IsReadOnce()
    {
        _gateway.Issuer.Rotate();
        var before = _gateway.Issuer.KeyReads;

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => _gateway.StatusAsync(_gateway.Good(i))));

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(before + 1, _gateway.Issuer.KeyReads);
    }

    [Fact]
    public async Task Keys_ThatTheIssuerNeverHad_AreAskedForOnceInFiveSeconds()
    {
        var before = _gateway.Issuer.KeyReads;
        for (var round = 1; round <= 3; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => _gateway.StatusAsync(MadeUp($"{round}-{i}"))));

            Assert.All(answers, status => Assert.Equal(HttpStatusCode.Unauthorized, status));
            Assert.Equal(before + round, _gateway.Issuer.KeyReads);
            _gateway.Time.Advance(Interval);
        }
    }

    [Fact]
    public async Task Rotation_AmongMadeUpKeys_IsNoticedInFiveSeconds()
    {
        await _gateway.StatusAsync(MadeUp("any"));
        _gateway.Issuer.Rotate();
        var token = _gateway.Good();
        Assert.Equal(HttpStatusCode.Unauthorized, await _gateway.StatusAsync(token));

        _gateway.Time.Advance(Interval);

        Assert.Equal(HttpStatusCode.OK, await _gateway.StatusAsync(token));
    }

    [Fact]
    public async Task Issuer_ThatIsDown_IsBelievedByItsOldKeysAndAskedForNewOnesRarely()
    {
        Assert.Equal(HttpStatusCode.OK, await _gateway.StatusAsync(_gateway.Good(1)));
        _gateway.Time.Advance(TimeSpan.FromHours(1));
        _gateway.Issuer.IsDown = true;
        try
        {
            var before = _gateway.Issuer.KeyReads;
            Assert.Equal(HttpStatusCode.OK, await _gateway.StatusAsync(_gateway.Good(2)));
            // It was not waited for.
            await GatewayHost.UntilAsync(() => Task.FromResult(_gateway.Issuer.KeyReads == before + 1));
            _gateway.Time.Advance(Interval);
            var unknown = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _gateway.StatusAsync(MadeUp($"unseen-{i}"))));

            // Whether those are good nobody can tell now.
            Assert.All(unknown, status => Assert.Equal(HttpStatusCode.ServiceUnavailable, status));
            Assert.Equal(before + 2, _gateway.Issuer.KeyReads);
            Assert.Equal(HttpStatusCode.OK, await _gateway.StatusAsync(_gateway.Good(3)));
        }
        finally
        {
            _gateway.Issuer.IsDown = false;
        }
    }

    [Fact]
    public async Task Key_ThatTheIssuerTookAway_IsGoodForTenMinutesAtMost()
    {
        var tokens = new Queue<string>(Enumerable.Range(0, 1000).Select(i => _gateway.Good(i)));
        Assert.Equal(HttpStatusCode.OK, await _gateway.StatusAsync(tokens.Dequeue()));
        _gateway.Issuer.Rotate();
        _gateway.Time.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));

        // The first that comes then has the keys read, and does not wait for them.
        await GatewayHost.UntilAsync(async () => await _gateway.StatusAsync(tokens.Dequeue()) == HttpStatusCode.Unauthorized);
    }

    private string MadeUp(string key) => _gateway.Issuer.Sign(Claims("absent", "now+600"), $"made-up-{key}");

    private JsonObject Claims(string notBefore, string expires) => _gateway.Claims(("nbf", notBefore), ("exp", expires));
}
