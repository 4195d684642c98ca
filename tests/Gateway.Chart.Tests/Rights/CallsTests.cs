using Gateway.Chart.Tests.Rendering;
using Gateway.Chart.Tests.Setups;
using Xunit;

namespace Gateway.Chart.Tests.Rights;

/// <summary>The roles of the gateway's accounts, against the calls that the gateway makes: nothing is missing, and nothing is left unused.</summary>
public sealed class CallsTests
{
    // The API's tests hold this list against every call of theirs.
    private static readonly string[][] Calls =
    [
        .. from line in File.ReadAllLines(Path.Combine(Repository.Root, "tests", "Gateway.Api.Tests", "Identity", "calls.txt"))
           where line.Length > 0 && !line.StartsWith('#')
           select line.Split(' ', StringSplitOptions.RemoveEmptyEntries),
    ];

    [Fact]
    public void Page_GrantsTheGatewayWhatItCalls() => Assert.Equal(Called("gateway"), Granted(Right.Documented("gateway"), "gateway"));

    [ChartFact]
    public async Task Chart_GrantsTheGatewayWhatItCalls()
    {
        var chart = await Setup.RenderAsync("everything");

        Assert.Equal(Called("gw"), Granted(chart.Of("ClusterRole").SelectMany(Right.Of), "gw"));
    }

    private static IEnumerable<string> Called(string release) =>
        Calls.Select(call => $"{release}-{call[0]} {call[1]} {call[2]} {(call[3] == "-" ? "" : call[3])}").Order(StringComparer.Ordinal);

    private static IEnumerable<string> Granted(IEnumerable<Right> rights, string release) => rights
        .Where(right => Calls.Any(call => right.Role == $"{release}-{call[0]}"))
        .Select(right => $"{right.Role} {right.Verb} {right.Resource} {right.Group}")
        .Order(StringComparer.Ordinal);
}
