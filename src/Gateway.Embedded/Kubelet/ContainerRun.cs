using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Gateway.Embedded.Kubelet;

/// <summary>One run of one container: when it began and ended, and what it wrote by when.</summary>
internal sealed class ContainerRun(Behaviour behaviour, DateTimeOffset started)
{
    public string Id { get; } = $"containerd://{RandomNumberGenerator.GetHexString(64, lowercase: true)}";

    public DateTimeOffset Started { get; } = started;

    public DateTimeOffset? Finished { get; private set; }

    public int ExitCode { get; private set; }

    private string Reason => ExitCode == 0 ? "Completed" : behaviour.OutOfMemory && !stopped ? "OOMKilled" : "Error";

    private bool stopped;

    /// <summary>Ends by itself.</summary>
    public void Finish(DateTimeOffset now) => (Finished, ExitCode) = (now, behaviour.ExitCode);

    /// <summary>Ends because it was asked to.</summary>
    public void Stop(DateTimeOffset now, int exitCode) => (Finished, ExitCode, stopped) = (now, exitCode, true);

    /// <summary>The lines written so far, each with its time. What is left when it ends by itself is written at the end.</summary>
    public IEnumerable<(DateTimeOffset Time, string Text)> Lines(DateTimeOffset now)
    {
        for (var line = 0; line < behaviour.Lines.Length; line++)
        {
            var time = Started + (line * behaviour.Pace);
            if (time > Finished && !stopped) time = Finished.Value;
            if (time <= (Finished ?? now)) yield return (time, behaviour.Lines[line]);
        }
    }

    public JsonObject State() => Finished is { } end
        ? new JsonObject
        {
            ["terminated"] = new JsonObject
            {
                ["exitCode"] = ExitCode,
                ["reason"] = Reason,
                ["startedAt"] = Time(Started),
                ["finishedAt"] = Time(end),
                ["containerID"] = Id,
            },
        }
        : new JsonObject { ["running"] = new JsonObject { ["startedAt"] = Time(Started) } };

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ssZ");
}
