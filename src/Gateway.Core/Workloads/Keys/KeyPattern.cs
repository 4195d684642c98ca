namespace Gateway.Core.Workloads;

/// <summary>
/// Keys of labels and annotations, in one of four forms: `mps` is that key, `gpu-*` every key that begins so,
/// `istio.io/` every key of that domain and of those below it, and `app=kai-*` a key with such values only.
/// Case makes no difference.
/// </summary>
public sealed class KeyPattern
{
    private readonly string _key;
    private readonly string? _value;

    /// <summary>The pattern in one of the forms.</summary>
    public KeyPattern(string text)
    {
        Text = text;
        (_key, _value) = text.Split('=', 2) is [var key, var value] ? (key, value) : (text, null);
    }

    /// <summary>The pattern as it was written.</summary>
    public string Text { get; }

    /// <summary>Whether only some values of the key are meant.</summary>
    public bool IsOfValues => _value is not null;

    /// <summary>Whether the text has one of the forms.</summary>
    public static bool IsOne(string text)
    {
        var pattern = new KeyPattern(text);
        return KubernetesNames.IsLabelKey(pattern.Example()) && pattern._value is not "";
    }

    /// <summary>Whether the entry is meant.</summary>
    public bool Covers(string key, string value) => Fits(_key, key) && (_value is null || Fits(_value, value));

    /// <summary>Whether a key can be meant by both patterns, whatever its value.</summary>
    public bool Overlaps(KeyPattern other) => Fits(_key, other.Example()) || Fits(other._key, Example());

    private static bool Fits(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text) => pattern switch
    {
        [.. var beginning, '*'] => text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase),
        [.. var domain, '/'] => IsOfDomain(text, domain),
        _ => text.Equals(pattern, StringComparison.OrdinalIgnoreCase),
    };

    // Some annotations are a domain alone, such as devices.crio.io.
    private static bool IsOfDomain(ReadOnlySpan<char> key, ReadOnlySpan<char> domain)
    {
        var own = key.IndexOf('/') is >= 0 and var slash ? key[..slash] : key;
        return own.EndsWith(domain, StringComparison.OrdinalIgnoreCase)
            && (own.Length == domain.Length || own[^(domain.Length + 1)] == '.');
    }

    private string Example() => ExampleOf(_key);

    private static string ExampleOf(string pattern) => pattern switch
    {
        [.. var beginning, '*'] => $"{beginning}x",
        [.., '/'] => $"{pattern}x",
        _ => pattern,
    };
}
