namespace Gateway.Api.Live.Pictures;

/// <summary>Counts the changes of a picture, and wakes who waits for the next. Guarded by the picture.</summary>
internal sealed class Changes
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Version { get; private set; }

    public bool HaveEnded { get; private set; }

    public void Note()
    {
        Version++;
        var waiting = _next;
        _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.SetResult();
    }

    public void End()
    {
        HaveEnded = true;
        Note();
    }

    /// <summary>Ends with the first change after a version, or when no more will come.</summary>
    public Task AfterAsync(long version, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken)
        : Version > version || HaveEnded ? Task.CompletedTask
        : _next.Task.WaitAsync(cancellationToken);
}
