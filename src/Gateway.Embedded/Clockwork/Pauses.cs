namespace Gateway.Embedded.Clockwork;

/// <summary>Lets a story of the cluster wait on the cluster's clock. While it waits it counts as resting.</summary>
internal sealed class Pauses(TimeProvider time, Activity activity)
{
    /// <summary>Waits; an interruption ends the wait with <see cref="OperationCanceledException"/>.</summary>
    public async Task ForAsync(TimeSpan delay, CancellationToken interruption)
    {
        interruption.ThrowIfCancellationRequested();
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var timer = time.CreateTimer(_ => Wake(), null, delay, Timeout.InfiniteTimeSpan);
        using var registration = interruption.Register(Wake);
        activity.End();
        await over.Task;
        interruption.ThrowIfCancellationRequested();

        void Wake()
        {
            activity.Begin();
            if (!over.TrySetResult()) activity.End();
        }
    }
}
