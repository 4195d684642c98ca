using Gateway.Api.Live.Pictures;

namespace Gateway.Api.Live;

/// <summary>Somebody reads a picture for longer; it is not given up meanwhile.</summary>
internal sealed class PictureHold(Picture picture, Action release) : IDisposable
{
    private Action? _release = release;

    public Picture Picture => picture;

    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
