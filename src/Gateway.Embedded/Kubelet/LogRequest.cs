namespace Gateway.Embedded.Kubelet;

/// <summary>Which part of a log is asked for, and how it is to look.</summary>
internal sealed record LogRequest
{
    public bool Follow { get; init; }
    public bool Timestamps { get; init; }
    public long? TailLines { get; init; }
    public DateTimeOffset? Since { get; init; }

    /// <summary>The lines that have been written, cut as asked.</summary>
    public IReadOnlyList<LogLine> Written(ContainerRun run, DateTimeOffset now)
    {
        var lines = run.Lines().Where(line => line.Time <= now && !(line.Time < Since)).ToArray();
        return TailLines is { } tail && tail < lines.Length ? lines[^(int)tail..] : lines;
    }

    /// <summary>The lines as they are written, the last of them when the run ends.</summary>
    public async IAsyncEnumerable<LogLine> ReadAsync(ContainerRun run, TimeProvider time, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var reached = time.GetUtcNow();
        foreach (var line in Written(run, reached)) yield return line;
        if (!Follow) yield break;
        foreach (var line in run.Lines().Where(line => line.Time > reached))
        {
            var due = Task.Delay(Positive(line.Time - time.GetUtcNow()), time, ct);
            await Task.WhenAny(due, run.Over).WaitAsync(ct);
            if (run.Finished < line.Time) yield break;
            yield return line;
        }
        await run.Over.WaitAsync(ct);
    }

    public string Show(LogLine line) => Timestamps ? $"{line.Time:yyyy-MM-ddTHH:mm:ss.fffffff}00Z {line.Text}\n" : $"{line.Text}\n";

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
