using Gateway.Embedded.Clockwork;
using Gateway.Embedded.Controllers;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kubelet;

/// <summary>The wait before containers that ended are started again: ten seconds, doubled each time, five minutes at most.</summary>
internal sealed class CrashLoop(EventLog events, Pauses pauses, StoredObject pod, IReadOnlyList<Container> containers, Action report)
{
    private const int First = 10;
    private const int Longest = 300;
    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Reminder = TimeSpan.FromSeconds(7);

    public async Task WaitAsync(int crashes, CancellationToken interruption)
    {
        var seconds = (int)Math.Min(Longest, First * Math.Pow(2, crashes - 1));
        Remind();
        await pauses.ForAsync(Notice, interruption);
        foreach (var container in containers)
            container.Waiting = ("CrashLoopBackOff", $"back-off {Text(seconds)} restarting failed container={container.Name} pod={pod.Name}_{pod.Namespace}({pod.Uid})");
        report();
        for (var left = TimeSpan.FromSeconds(seconds) - Notice; left > TimeSpan.Zero; left -= Reminder)
        {
            Remind();
            await pauses.ForAsync(left < Reminder ? left : Reminder, interruption);
        }
    }

    private void Remind()
    {
        foreach (var container in containers)
            events.Warn(pod, "BackOff", $"Back-off restarting failed container {container.Name} in pod {pod.Name}_{pod.Namespace}({pod.Uid})", container.Part);
    }

    /// <summary>Seconds as Go writes them: <c>40s</c>, <c>1m20s</c>.</summary>
    private static string Text(int seconds) => seconds < 60 ? $"{seconds}s" : $"{seconds / 60}m{seconds % 60}s";
}
