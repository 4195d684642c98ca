namespace Gateway.Api.Live.Pictures;

/// <summary>What was heard last of each kind of object in a picture. Guarded by the picture, but for <see cref="At"/>.</summary>
internal sealed class Hearing
{
    private readonly Dictionary<Type, (long Version, DateTimeOffset At)> _kinds = [];
    private long _at;

    /// <summary>The time at which the cluster was last heard of, of the kind of which that is longest ago.</summary>
    public DateTimeOffset At => new(Interlocked.Read(ref _at), TimeSpan.Zero);

    /// <summary>Up to which version a kind is known.</summary>
    public long VersionOf(Type kind) => _kinds.GetValueOrDefault(kind).Version;

    public void Hear(Type kind, long version, DateTimeOffset at)
    {
        _kinds[kind] = (Math.Max(version, VersionOf(kind)), at);
        Reckon();
    }

    public void Forget(Type kind)
    {
        if (_kinds.Remove(kind) && _kinds.Count > 0)
            Reckon();
    }

    private void Reckon() => Interlocked.Exchange(ref _at, _kinds.Values.Min(heard => heard.At).UtcTicks);
}
