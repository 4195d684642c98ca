using System.Text;

namespace Gateway.Core.Manifests;

/// <summary>A display name as a label value.</summary>
public static class UserLabel
{
    /// <summary>The pod label that shows the user, as the scheduler's own tools read it.</summary>
    public const string Key = "user";

    private const int LongestValue = 63;

    /// <summary>
    /// The user's name with each character that a label value may not have replaced by `-`, cut to 63, its ends trimmed to
    /// letters and digits; null when nothing remains. The rule: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
    /// </summary>
    public static string? Of(string? user)
    {
        var legal = new string([.. (user ?? "").EnumerateRunes().Select(Legal).Take(LongestValue)]);
        var value = legal.Trim('-', '.', '_');
        return value.Length == 0 ? null : value;
    }

    private static char Legal(Rune rune) =>
        rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || rune.Value is '.' or '_' or '-') ? (char)rune.Value : '-';
}
