using System.Globalization;

namespace Gateway.Core.Logs;

/// <summary>
/// The last line of a log that was given, whole or in part: where reading goes on. It is known by its time, by how many lines of
/// that very time were given before it, and by what was given of it.
/// </summary>
public readonly record struct LogMark
{
    private const ulong NoBytes = 14_695_981_039_346_656_037;
    private const ulong Prime = 1_099_511_628_211;
    private const long Second = 1_000_000_000;

    /// <summary>Its time, in nanoseconds since 1970.</summary>
    public required long Time { get; init; }

    /// <summary>The how manyth line of its time it is.</summary>
    public required int Nth { get; init; }

    /// <summary>How many bytes of its text were given.</summary>
    public long Bytes { get; init; }

    /// <summary>A hash of these bytes: http://www.isthe.com/chongo/tech/comp/fnv/</summary>
    public ulong Hash { get; init; } = NoBytes;

    /// <summary>Whether all of it was given.</summary>
    public bool Complete { get; init; }

    /// <summary>The latest time of any line that was given: the lines of two streams may cross.</summary>
    public required long Latest { get; init; }

    /// <summary>A mark of nothing.</summary>
    public LogMark()
    {
    }

    /// <summary>From when the cluster has to be asked so that this line comes again, and with it any that was written a moment too late.</summary>
    public string AskFrom => LogTime.Spell(Time - Second);

    /// <summary>The mark that a token stands for; null where it is no token of a whole line.</summary>
    public static LogMark? Parse(string token) =>
        token.Split('.') is [var time, var nth, var bytes, var hash, var ahead]
        && Number(time, out var at) && Number(nth, out var count) && Number(bytes, out var length) && Number(ahead, out var later)
        && count is > 0 and <= int.MaxValue && at <= long.MaxValue - later
        && ulong.TryParse(hash, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var sum)
            ? new() { Time = at, Nth = (int)count, Bytes = length, Hash = sum, Complete = true, Latest = at + later }
            : null;

    /// <summary>The mark as a token, of a line that was given whole.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Time}.{Nth}.{Bytes}.{Hash:x}.{Latest - Time}");

    internal static LogMark Begin(LogMark? before, long time) => new()
    {
        Time = time,
        Nth = before?.Time == time ? before.Value.Nth + 1 : 1,
        Latest = Math.Max(before?.Latest ?? time, time),
    };

    internal LogMark And(ReadOnlySpan<byte> bytes) => this with { Bytes = Bytes + bytes.Length, Hash = Add(Hash, bytes) };

    internal static ulong Add(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
            hash = (hash ^ one) * Prime;
        return hash;
    }

    private static bool Number(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
