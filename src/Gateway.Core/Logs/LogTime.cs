using System.Globalization;

namespace Gateway.Core.Logs;

/// <summary>The time that a cluster writes before each line of a log: RFC 3339, to the nanosecond.</summary>
public static class LogTime
{
    /// <summary>More characters than any such time has.</summary>
    internal const int Longest = 40;

    private const int ToTheSecond = 19;
    private const int Digits = 9;
    private const long Second = 1_000_000_000;

    /// <summary>A time as nanoseconds since 1970.</summary>
    public static long Of(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>Reads a time into nanoseconds since 1970. False where the text is something else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out long nanoseconds)
    {
        nanoseconds = 0;
        if (text.Length is <= ToTheSecond or > Longest)
            return false;
        Span<char> whole = stackalloc char[text.Length];
        for (var i = 0; i < text.Length; i++)
            whole[i] = (char)text[i];
        var fraction = Fraction(whole);
        var zone = whole[(ToTheSecond + fraction.Length)..];
        zone.CopyTo(whole[ToTheSecond..]);
        if (!DateTimeOffset.TryParseExact(whole[..(ToTheSecond + zone.Length)], "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var second))
            return false;
        nanoseconds = Of(second) + Nanoseconds(fraction);
        return true;
    }

    /// <summary>The second in which a time lies, as calls to the cluster spell it.</summary>
    internal static string Spell(long nanoseconds) =>
        DateTimeOffset.FromUnixTimeSeconds((long)Math.Floor((decimal)nanoseconds / Second)).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    // With the point before it.
    private static string Fraction(ReadOnlySpan<char> whole)
    {
        if (whole[ToTheSecond] is not '.')
            return "";
        var rest = whole[(ToTheSecond + 1)..];
        var end = rest.IndexOfAnyExceptInRange('0', '9');
        return whole.Slice(ToTheSecond, 1 + (end < 0 ? rest.Length : end)).ToString();
    }

    private static long Nanoseconds(string fraction)
    {
        long value = 0;
        for (var i = 1; i <= Digits; i++)
            value = (value * 10) + (i < fraction.Length ? fraction[i] - '0' : 0);
        return value;
    }
}
