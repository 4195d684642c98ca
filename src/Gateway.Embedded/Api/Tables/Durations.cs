using System.Globalization;

namespace Gateway.Embedded.Api.Tables;

/// <summary>Durations as kubectl shows them.</summary>
internal static class Durations
{
    public static string Since(string? time, DateTimeOffset now) =>
        time is null ? "<unknown>" : Short(now - DateTimeOffset.Parse(time, CultureInfo.InvariantCulture));

    /// <summary>One unit, or two where the larger is small.</summary>
    private static string Short(TimeSpan span) => span switch
    {
        { TotalSeconds: < 0 } => "0s",
        { TotalMinutes: < 2 } => $"{(int)span.TotalSeconds}s",
        { TotalMinutes: < 10 } => Pair((int)span.TotalMinutes, "m", span.Seconds, "s"),
        { TotalHours: < 3 } => $"{(int)span.TotalMinutes}m",
        { TotalHours: < 8 } => Pair((int)span.TotalHours, "h", span.Minutes, "m"),
        { TotalHours: < 48 } => $"{(int)span.TotalHours}h",
        { TotalDays: < 8 } => Pair((int)span.TotalDays, "d", span.Hours, "h"),
        { TotalDays: < 730 } => $"{(int)span.TotalDays}d",
        _ => Pair((int)(span.TotalDays / 365), "y", (int)(span.TotalDays % 365), "d"),
    };

    private static string Pair(int large, string unit, int small, string smallUnit) => small == 0 ? $"{large}{unit}" : $"{large}{unit}{small}{smallUnit}";
}
