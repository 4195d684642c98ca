using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kubelet;

/// <summary>How a pod's containers behave: chosen by annotations, otherwise as its restart policy suggests.</summary>
internal sealed record Behaviour
{
    public const string Prefix = "embedded.workload-gateway.io/";
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);
    private static readonly TimeSpan TrainTime = TimeSpan.FromSeconds(5);
    private static readonly string[] TrainLines = ["starting", "working", "done"];
    private static readonly string[] BuildLines = ["ready"];
    private static readonly string[] InitLines = ["initialized"];

    /// <summary>How long they run; null until they are stopped.</summary>
    public TimeSpan? RunTime { get; init; }

    public int ExitCode { get; init; }

    /// <summary>Whether they end for want of memory.</summary>
    public bool OutOfMemory { get; init; }

    public string[] Lines { get; init; } = [];

    /// <summary>What they write as their termination message when they end by themselves, or null for nothing.</summary>
    public string? LastWords { get; init; }

    /// <summary>The time from one line to the next.</summary>
    public TimeSpan Pace { get; init; }

    /// <summary>Why the image cannot be pulled, or null if it can.</summary>
    public string? PullError { get; init; }

    /// <summary>How long they take to stop once they are asked to.</summary>
    public TimeSpan StopTime { get; init; }

    public int StopExitCode { get; init; }

    /// <summary>Why the node throws the pod out at the end of its run, or null if it does not.</summary>
    public string? Eviction { get; init; }

    /// <summary>How long each init container runs, and how it ends.</summary>
    public (TimeSpan RunTime, int ExitCode) Initial { get; init; }

    /// <summary>How the pod's init containers behave.</summary>
    public Behaviour ForInit() => this with { RunTime = Initial.RunTime, ExitCode = Initial.ExitCode, OutOfMemory = false, Lines = InitLines, LastWords = null };

    public static Behaviour Of(JsonObject pod)
    {
        var annotations = pod.Metadata()["annotations"] as JsonObject ?? [];
        string? Chosen(string key) => annotations.Text(Prefix + key);
        var ends = pod.Child("spec").Text("restartPolicy") is "Never" or "OnFailure";
        var memory = Chosen("out-of-memory") == "true";
        return new Behaviour
        {
            RunTime = Chosen("run-seconds") is { } given ? Seconds(given) : ends || Chosen("evicted") is not null ? TrainTime : null,
            ExitCode = memory ? 137 : Whole(Chosen("exit-code")) ?? 0,
            OutOfMemory = memory,
            Lines = Chosen("log-lines")?.Split('\n') ?? (ends ? TrainLines : BuildLines),
            LastWords = Chosen("termination-message"),
            Pace = Seconds(Chosen("log-every-seconds")) ?? TimeSpan.FromSeconds(1),
            PullError = Chosen("image-pull-error"),
            StopTime = Seconds(Chosen("stop-seconds")) ?? TimeSpan.FromMilliseconds(200),
            StopExitCode = Whole(Chosen("stop-exit-code")) ?? 143,
            Eviction = Chosen("evicted"),
            Initial = (Seconds(Chosen("init-seconds")) ?? TimeSpan.FromSeconds(1), Whole(Chosen("init-exit-code")) ?? 0),
        };
    }

    /// <summary>A number of seconds; anything else, such as <c>forever</c> or more than a timer can wait, is no end.</summary>
    private static TimeSpan? Seconds(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds <= Longest.TotalSeconds ? TimeSpan.FromSeconds(Math.Max(0, seconds)) : null;

    private static int? Whole(string? text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
}
