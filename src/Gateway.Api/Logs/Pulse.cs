namespace Gateway.Api.Logs;

/// <summary>What is done again and again while something is waited for that may take long.</summary>
internal sealed class Pulse(TimeProvider time, Func<int, Task> beat) : IDisposable
{
    private static readonly TimeSpan Rate = TimeSpan.FromSeconds(15);

    private readonly PeriodicTimer _timer = new(Rate, time);
    private Task<bool>? _next;
    private int _beats;

    /// <summary>Waits for something, for so many beats at most; then <see cref="TimeoutException"/>, and nobody waits for it any longer.</summary>
    public async Task<T> DuringAsync<T>(Task<T> work, int beats)
    {
        try
        {
            while (!work.IsCompleted)
            {
                _next ??= _timer.WaitForNextTickAsync().AsTask();
                if (await Task.WhenAny(work, _next) == work)
                    break;
                _next = null;
                await beat(++_beats);
                if (--beats == 0)
                    throw new TimeoutException("It took too long.");
            }
        }
        catch
        {
            // Whatever becomes of it is nobody's concern; somebody has to look all the same.
            _ = work.ContinueWith(left => left.Exception, TaskScheduler.Default);
            throw;
        }
        return await work;
    }

    /// <summary>Waits for a while.</summary>
    public async Task ForAsync(TimeSpan span, CancellationToken cancellationToken) => await DuringAsync(WaitAsync(span, cancellationToken), int.MaxValue);

    public void Dispose() => _timer.Dispose();

    private async Task<bool> WaitAsync(TimeSpan span, CancellationToken cancellationToken)
    {
        await Task.Delay(span, time, cancellationToken);
        return true;
    }
}
