using Gateway.Api.Projects;

namespace Gateway.Api.Workloads;

/// <summary>
/// Lets the submissions of one name through one by one: a Job and a StatefulSet may bear the same name as far as the cluster
/// is concerned, so that looking for the other one and creating must not overlap. No other name waits for them.
/// </summary>
internal sealed class NameTurns
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Namespace, string Name), Queue> _queues = [];

    /// <summary>Waits for the turn of a name. Dispose of it to let the next one through.</summary>
    public async Task<IDisposable> TakeAsync(Project project, string name, CancellationToken cancellationToken)
    {
        var turn = new Turn(this, (project.Namespace, name));
        try
        {
            await turn.WaitAsync(cancellationToken);
            return turn;
        }
        catch (OperationCanceledException)
        {
            turn.Leave();
            throw;
        }
    }

    // Those who wait for a name, and the one whose turn it is.
    private sealed class Queue
    {
        public SemaphoreSlim Head { get; } = new(1);

        public int Length { get; set; }
    }

    private sealed class Turn : IDisposable
    {
        private readonly NameTurns _turns;
        private readonly (string Namespace, string Name) _name;
        private readonly Queue _queue;

        public Turn(NameTurns turns, (string Namespace, string Name) name)
        {
            (_turns, _name) = (turns, name);
            lock (turns._lock)
            {
                if (!turns._queues.TryGetValue(name, out _queue!))
                    turns._queues[name] = _queue = new();
                _queue.Length++;
            }
        }

        public Task WaitAsync(CancellationToken cancellationToken) => _queue.Head.WaitAsync(cancellationToken);

        public void Dispose()
        {
            _queue.Head.Release();
            Leave();
        }

        public void Leave()
        {
            lock (_turns._lock)
            {
                if (--_queue.Length > 0)
                    return;
                _turns._queues.Remove(_name);
                _queue.Head.Dispose();
            }
        }
    }
}
