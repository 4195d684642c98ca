using System.ComponentModel;
using System.Diagnostics;
using Gateway.Api.Tests.Clusters;
using Xunit;

namespace Gateway.Api.Tests.Pages;

/// <summary>A test that needs programs: skipped, with the reason, where one is missing. A command with arguments has to succeed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProgramFactAttribute : FactAttribute
{
    public ProgramFactAttribute(params string[] commands) => Skip = EmbeddedFactAttribute.Reason("the examples of a page are tried on it") ?? Missing(commands);

    private static string? Missing(string[] commands) => commands.FirstOrDefault(command => !Works(command.Split(' ', 3))) is { } missing ? $"{missing} is not here" : null;

    private static bool Works(string[] command)
    {
        if (command.Length == 1)
            return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, command[0])));
        try
        {
            using var tried = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
            tried.WaitForExit();
            return tried.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
