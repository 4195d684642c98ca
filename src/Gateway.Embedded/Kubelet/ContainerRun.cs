using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Gateway.Embedded.Kubelet;

/// <summary>One run of one container: when it began and ended, and what it wrote by when.</summary>
internal sealed class ContainerRun(Behaviour behaviour, DateTimeOffset started)
{
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool stopped;

    public string Id { get; } = $"containerd://{RandomNumberGenerator.GetHexString(64, lowercase: true)}";

    public DateTimeOffset? Finished { get; private set; }

    public int ExitCode { get; private set; }

    /// <summary>Ends when the run does.</summary>
    public Task Over => over.Task;

    private string Reason => ExitCode == 0 ? "Completed" : behaviour.OutOfMemory && !stopped ? "OOMKilled" : "Error";

    /// <summary>Ends by itself.</summary>
    public void Finish(DateTimeOffset now) => End(now, behaviour.ExitCode);

    /// <summary>Ends because it was asked to.</summary>
    public void Stop(DateTimeOffset now, int exitCode)
    {
        stopped = true;
        End(now, exitCode);
    }

    /// <summary>Every line it writes and when; lines for which it has no time left are written at its end, unless it was stopped.</summary>
    public IEnumerable<LogLine> Lines() => behaviour.Lines
        .Select((text, number) => new LogLine(Cut(started + (number * behaviour.Pace)), text))
        .Where(line => !(stopped && line.Time > Finished));

    public JsonObject State() => Finished is { } end
        ? new JsonObject { ["terminated"] = Terminated(end) }
        : new JsonObject { ["running"] = new JsonObject { ["startedAt"] = Text(started) } };

    private JsonObject Terminated(DateTimeOffset end)
    {
        var terminated = new JsonObject { ["exitCode"] = ExitCode, ["reason"] = Reason };
        if (behaviour.LastWords is { } words && !stopped) terminated["message"] = words;
        terminated["startedAt"] = Text(started);
        terminated["finishedAt"] = Text(end);
        terminated["containerID"] = Id;
        return terminated;
    }

    private DateTimeOffset Cut(DateTimeOffset time) => behaviour.RunTime is { } length && time > started + length ? started + length : time;

    private void End(DateTimeOffset now, int exitCode)
    {
        (Finished, ExitCode) = (now, exitCode);
        over.TrySetResult();
    }

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ssZ");
}

/// <summary>A line that a container writes.</summary>
internal readonly record struct LogLine(DateTimeOffset Time, string Text);
