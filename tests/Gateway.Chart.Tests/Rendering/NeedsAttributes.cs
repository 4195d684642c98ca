using Xunit;

namespace Gateway.Chart.Tests.Rendering;

/// <summary>A test that needs a rendered chart; skipped, with the reason, where nothing renders one. It may need programs too.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChartFactAttribute : FactAttribute
{
    public ChartFactAttribute(params string[] programs) => Skip = Renderer.Missing ?? ProgramFactAttribute.Missing(programs);
}

/// <summary>A test with rows that needs a rendered chart.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChartTheoryAttribute : TheoryAttribute
{
    public ChartTheoryAttribute() => Skip = Renderer.Missing;
}

/// <summary>A test that needs programs; skipped where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProgramFactAttribute : FactAttribute
{
    public ProgramFactAttribute(params string[] programs) => Skip = Missing(programs);

    public static string? Missing(string[] programs) =>
        programs.FirstOrDefault(program => Tool.Find(program) is null) is { } missing ? $"{missing} is not here" : null;
}

/// <summary>The test of the image's build, which takes minutes: only where GATEWAY_TEST_IMAGE=1 asks for it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ImageFactAttribute : FactAttribute
{
    public ImageFactAttribute(params string[] programs) =>
        Skip = Environment.GetEnvironmentVariable("GATEWAY_TEST_IMAGE") == "1" ? ProgramFactAttribute.Missing(programs) : "takes minutes; GATEWAY_TEST_IMAGE=1 asks for it";
}

/// <summary>A test that installs a release in the cluster of kubectl's current context: only where GATEWAY_TEST_INSTALL=1 asks for it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InstalledFactAttribute : FactAttribute
{
    public InstalledFactAttribute(params string[] programs) =>
        Skip = ProgramFactAttribute.Missing(programs) ?? (Environment.GetEnvironmentVariable("GATEWAY_TEST_INSTALL") == "1" ? null : "installs in the current cluster; GATEWAY_TEST_INSTALL=1 asks for it");
}
