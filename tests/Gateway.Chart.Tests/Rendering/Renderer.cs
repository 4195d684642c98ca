using System.Diagnostics;
using Xunit;

namespace Gateway.Chart.Tests.Rendering;

/// <summary>Renders the chart by helm.</summary>
internal static class Renderer
{
    private static readonly string? Helm = Tool.Find("helm");

    /// <summary>Why nothing can be rendered here; null where it can.</summary>
    public static string? Missing { get; } = Helm is null ? "helm is not here" : null;

    /// <summary>Renders the repository's chart; what cannot be rendered fails the test.</summary>
    public static async Task<RenderedChart> RenderAsync(string values = "", string release = "gateway", string space = "workload-gateway", string? chart = null)
    {
        var (code, output, errors) = await RunAsync(values, release, space, chart ?? Repository.Chart);
        Assert.True(code == 0, errors);
        return RenderedChart.Read(output);
    }

    /// <summary>What the renderer says of values with which the chart cannot be rendered.</summary>
    public static async Task<string> RefusalAsync(string values)
    {
        var (code, _, errors) = await RunAsync(values, "gateway", "workload-gateway", Repository.Chart);
        Assert.NotEqual(0, code);
        return errors;
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string values, string release, string space, string chart)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, values);
            string[] arguments = ["template", release, chart, "--namespace", space, "-f", file];
            return await Tool.RunAsync(new ProcessStartInfo(Helm!, arguments));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
