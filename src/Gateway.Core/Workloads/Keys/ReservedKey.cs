namespace Gateway.Core.Workloads;

/// <summary>Labels or annotations that somebody other than people reads.</summary>
/// <param name="On">Where they are read.</param>
/// <param name="Key">Which: see <see cref="KeyPattern"/>.</param>
/// <param name="ReadBy">Who reads them, and where in his source or documentation that stands.</param>
/// <param name="Why">What a caller could do by them, in words that can stand in a refusal.</param>
public sealed record ReservedKey(KeyPlaces On, KeyPattern Key, string ReadBy, string Why)
{
    /// <summary>Whether the entry is one of them.</summary>
    public bool Covers(KeyPlaces place, string key, string value) => On.HasFlag(place) && Key.Covers(key, value);
}

/// <summary>Where a key stands on an object.</summary>
[Flags]
public enum KeyPlaces
{
    /// <summary>Among the labels.</summary>
    Labels = 1,

    /// <summary>Among the annotations.</summary>
    Annotations = 2,

    /// <summary>Among either.</summary>
    Both = Labels | Annotations,
}
