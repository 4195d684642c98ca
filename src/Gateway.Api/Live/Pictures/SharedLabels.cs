using System.Collections.Frozen;

namespace Gateway.Api.Live.Pictures;

/// <summary>The labels of a picture's workloads, most of which are alike: each set is kept once.</summary>
internal sealed class SharedLabels
{
    // A project whose workloads all differ shares nothing, and forgets what it tried.
    private const int Most = 1_000;

    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _sets = [];

    public IReadOnlyDictionary<string, string> Of(IDictionary<string, string>? labels)
    {
        if (labels is not { Count: > 0 })
            return FrozenDictionary<string, string>.Empty;
        var key = string.Join('\n', labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"));
        if (_sets.TryGetValue(key, out var known))
            return known;
        if (_sets.Count >= Most)
            _sets.Clear();
        return _sets[key] = new Dictionary<string, string>(labels);
    }
}
