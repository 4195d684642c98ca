using System.Globalization;
using System.Text;
using Gateway.Core.Logs;

namespace Gateway.Core.Tests.Logs;

/// <summary>A log as its node keeps it.</summary>
internal sealed class WrittenLog
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly List<(long Nanoseconds, string Text)> _lines = [];

    public IEnumerable<string> Texts => _lines.Select(line => line.Text);

    /// <summary>Adds a line, so many nanoseconds after noon.</summary>
    public WrittenLog Add(long nanoseconds, string text)
    {
        _lines.Add((nanoseconds, text));
        return this;
    }

    /// <summary>Lines at random: many at one time, some equal, some before their turn.</summary>
    public static WrittenLog Random(Random random, int lines)
    {
        var (log, time) = (new WrittenLog(), 0L);
        for (var i = 0; i < lines; i++)
        {
            time += random.Next(4) switch { 0 => 0, 1 => random.Next(1000), 2 => random.Next(400_000_000), _ => random.NextInt64(3_000_000_000) };
            var crossed = random.Next(5) == 0 ? Math.Max(0, time - random.Next(900_000_000)) : time;
            log.Add(crossed, random.Next(3) == 0 ? "again" : new string((char)('a' + random.Next(26)), random.Next(60)));
        }
        return log;
    }

    /// <summary>What the cluster sends of it, each line with its time: all since a second that a call names.</summary>
    public byte[] Send(string? since = null, int? tail = null, int forgotten = 0)
    {
        var from = since is null ? long.MinValue : LogTime.Of(DateTimeOffset.Parse(since, CultureInfo.InvariantCulture)) - LogTime.Of(Noon);
        var kept = _lines.Skip(forgotten).Where(line => line.Nanoseconds >= from).ToList();
        return Encoding.UTF8.GetBytes(string.Concat(kept.TakeLast(tail ?? kept.Count).Select(line => $"{Spell(line.Nanoseconds)} {line.Text}\n")));
    }

    public static string Spell(long nanoseconds) =>
        $"{Noon.AddTicks(nanoseconds / 100):yyyy-MM-ddTHH:mm:ss.fffffff}{nanoseconds % 100:00}Z";
}

/// <summary>What a caller got of a log.</summary>
internal sealed class TakenLog : ILogSink
{
    private readonly StringBuilder _text = new();

    public string Text => _text.ToString();

    public List<LogMark> Marks { get; } = [];

    public bool WithTimes { get; init; }

    public void Start(ReadOnlySpan<byte> time)
    {
        if (WithTimes)
            _text.Append(Encoding.UTF8.GetString(time)).Append(' ');
    }

    void ILogSink.Text(ReadOnlySpan<byte> bytes) => _text.Append(Encoding.UTF8.GetString(bytes));

    public void Finish(LogMark? mark)
    {
        _text.Append('\n');
        if (mark is { } some)
            Marks.Add(some);
    }

    public void Gap() => _text.Append("<gap>");
}
