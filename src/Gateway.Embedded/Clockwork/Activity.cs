namespace Gateway.Embedded.Clockwork;

/// <summary>How much the cluster has yet to do by itself. At zero it rests until somebody writes or time goes on.</summary>
internal sealed class Activity
{
    private readonly Lock gate = new();
    private int open;
    private TaskCompletionSource? rest;

    public void Begin()
    {
        lock (gate)
            if (open++ == 0) rest = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void End()
    {
        lock (gate)
            if (--open == 0) rest!.SetResult();
    }

    /// <summary>Ends once nothing is left to do.</summary>
    public Task RestAsync()
    {
        lock (gate) return open == 0 ? Task.CompletedTask : rest!.Task;
    }
}
