using Gateway.Api.Live.Pictures;

namespace Gateway.Api.Live.Streams;

/// <summary>
/// Tells a reader what a picture shows and how that changes. It keeps no workload of what it told, but the last change; a reader that is
/// slow is told of the newest state, and one that is too far behind has to begin anew.
/// </summary>
internal sealed class WorkloadEvents(EventStream stream, Picture picture, Func<PicturedWorkload, bool> matches, Func<PicturedWorkload, WorkloadText> write)
{
    private WorkloadChange _told = picture.LastChange;

    /// <summary>Sends every workload that there is; only the one of a uid when that is given. False where the reader was too slow for it.</summary>
    public async Task<bool> BeginAsync(string? uid, CancellationToken cancellationToken)
    {
        (var workloads, _told) = picture.Look(uid);
        foreach (var workload in workloads.Where(matches))
        {
            if (picture.HasLeftBehind(_told))
                return false;
            await stream.SendAsync("snapshot", write(workload).Json, cancellationToken);
        }
        return true;
    }

    /// <summary>Sends what has changed since. False where the reader was too slow for it.</summary>
    public async Task<bool> GoOnAsync(CancellationToken cancellationToken)
    {
        if (picture.HasLeftBehind(_told))
            return false;
        var last = picture.LastChange;
        foreach (var (before, after) in _told.Until(last))
        {
            if (picture.HasLeftBehind(last))
                return false;
            if (Event(before, after) is var (name, data))
                await stream.SendAsync(name, data, cancellationToken);
        }
        _told = last;
        return true;
    }

    // Of those that have changed, not all look otherwise.
    private (string Name, ReadOnlyMemory<byte> Data)? Event(PicturedWorkload? before, PicturedWorkload? after) => (Shows(before), Shows(after)) switch
    {
        (false, true) => ("added", write(after!).Json),
        (true, true) => write(before!).Tag == write(after!).Tag ? null : ("changed", write(after!).Json),
        (true, false) => ("deleted", write(after ?? before!).Json),
        _ => null,
    };

    private bool Shows(PicturedWorkload? workload) => workload is not null && matches(workload);
}
