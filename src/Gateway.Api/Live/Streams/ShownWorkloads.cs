using Gateway.Api.Live.Pictures;

namespace Gateway.Api.Live.Streams;

/// <summary>
/// What one reader has been shown, and so what it has to be told when a picture has changed. Nothing waits for a reader: one that is
/// slow is told of the newest state, and not of those before it.
/// </summary>
internal sealed class ShownWorkloads(Func<PicturedWorkload, bool> matches, Func<PicturedWorkload, WorkloadText> write)
{
    private readonly Dictionary<string, (PicturedWorkload Workload, UInt128 Tag)> _shown = [];

    /// <summary>The events that take the reader from what it has been shown to what the picture shows: under the name given, all that is new to it.</summary>
    public IEnumerable<(string Name, ReadOnlyMemory<byte> Data)> Update(IReadOnlyList<PicturedWorkload> now, string added = "added")
    {
        var left = new HashSet<string>(_shown.Keys);
        foreach (var workload in now)
        {
            if (!matches(workload))
                continue;
            left.Remove(workload.Uid);
            if (Show(workload, added) is { } shown)
                yield return shown;
        }
        foreach (var uid in left)
        {
            _shown.Remove(uid, out var last);
            yield return ("deleted", (now.FirstOrDefault(one => one.Uid == uid) is { } unmatched ? write(unmatched) : write(last.Workload)).Json);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => _shown.Clear();

    // Most have not changed at all, and of those that have, not all look otherwise.
    private (string Name, ReadOnlyMemory<byte> Data)? Show(PicturedWorkload workload, string added)
    {
        var known = _shown.TryGetValue(workload.Uid, out var before);
        if (known && before.Workload == workload)
            return null;
        var text = write(workload);
        _shown[workload.Uid] = (workload, text.Tag);
        return !known ? (added, text.Json) : before.Tag != text.Tag ? ("changed", text.Json) : null;
    }
}
