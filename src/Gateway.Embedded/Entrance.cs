namespace Gateway.Embedded;

/// <summary>Serves the embedded cluster alone.</summary>
internal static class Entrance
{
    private static Task Main(string[] args) => Task.CompletedTask;
}
