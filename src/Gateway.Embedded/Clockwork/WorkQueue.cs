using System.Threading.Channels;

namespace Gateway.Embedded.Clockwork;

/// <summary>What a controller has yet to look at: each item once, however often it was noted, one at a time and in order.</summary>
internal sealed class WorkQueue<T>(Activity activity) where T : notnull
{
    private readonly Channel<T> items = Channel.CreateUnbounded<T>(new UnboundedChannelOptions { SingleReader = true });
    private readonly HashSet<T> waiting = [];

    public void Add(T item)
    {
        lock (waiting)
            if (!waiting.Add(item)) return;
        activity.Begin();
        items.Writer.TryWrite(item);
    }

    /// <summary>Hands out items until it is told to stop. An item may be noted again while it is being handled.</summary>
    public async Task RunAsync(Action<T> handle, CancellationToken stopping)
    {
        await foreach (var item in items.Reader.ReadAllAsync(stopping))
        {
            lock (waiting) waiting.Remove(item);
            handle(item);
            activity.End();
        }
    }
}
