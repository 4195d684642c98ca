namespace Gateway.Embedded.Controllers;

/// <summary>Short names for long content: FNV-1a.</summary>
internal static class Fingerprint
{
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>As Kubernetes names revisions: the digits of a 32-bit hash in letters that spell nothing.</summary>
    public static string Of32(ReadOnlySpan<byte> content)
    {
        var hash = 2166136261u;
        foreach (var part in content) hash = (hash ^ part) * 16777619u;
        return string.Concat(hash.ToString().Select(digit => Alphabet[digit % Alphabet.Length]));
    }
}
