namespace Gateway.Api.Tests;

/// <summary>The files of the repository that the tests run from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Gateway.sln")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("There is no Gateway.sln above the tests."));
}
