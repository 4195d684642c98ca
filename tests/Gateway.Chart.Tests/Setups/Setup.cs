using Gateway.Chart.Tests.Rendering;
using Xunit;

namespace Gateway.Chart.Tests.Setups;

/// <summary>The ways of installing that the tests render: a file of values each.</summary>
internal static class Setup
{
    public static TheoryData<string> All { get; } = ["default", "everything", "two-projects", "kai"];

    public static string Values(string setup) => File.ReadAllText(Path.Combine(Repository.Root, "tests", "Gateway.Chart.Tests", "Setups", $"{setup}.yaml"));

    public static Task<RenderedChart> RenderAsync(string setup) => Renderer.RenderAsync(Values(setup));
}
