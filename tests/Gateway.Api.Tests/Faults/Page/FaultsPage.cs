using Gateway.Embedded.Faults;

namespace Gateway.Api.Tests.Faults.Page;

/// <summary>docs/faults.md, as the trials have it.</summary>
internal static class FaultsPage
{
    /// <summary>A section for each operation; faults that come to the same share a row.</summary>
    public static string Write(IReadOnlyCollection<Trial> trials) => string.Join("\n\n", Operations.All.Select(operation =>
        $"### {operation.Title}\n\n"
        + $"The call that fails once is `{operation.Verb} {operation.Resource}`; what lasts strikes {(operation.StrikesAll ? "every call in the project" : "that call")}.\n\n"
        + "| Fault | The caller sees | The cluster holds then | The same request again gives |\n|---|---|---|---|\n"
        + string.Join('\n', Rows([.. trials.Where(trial => trial.Operation == operation)]))));

    /// <summary>What each fault is.</summary>
    public static string Key() => "| Fault | What the cluster does |\n|---|---|\n" + string.Join('\n', Kinds.Select(kind => $"| {kind} | {Meaning(kind)} |"));

    /// <summary>The faults of one call. Those of watches strike no request: watches go on by themselves.</summary>
    public static IEnumerable<FaultKind> Kinds => Enum.GetValues<FaultKind>().Except([FaultKind.CutWatch, FaultKind.HistoryGone, FaultKind.Refusal]);

    private static IEnumerable<string> Rows(List<Trial> trials) =>
        from trial in trials.OrderBy(trial => trial.Lasts).ThenBy(trial => trial.Kind)
        group trial by (trial.Lasts, trial.Saw, trial.Held, trial.Again) into same
        select $"| {(same.Key.Lasts ? "lasting" : "once")}: {Names([.. same.Select(trial => trial.Kind)])} | {same.Key.Saw} | {same.Key.Held} | {same.Key.Again} |";

    private static string Names(List<FaultKind> kinds) => kinds.Count == Kinds.Count() ? "any" : string.Join(", ", kinds);

    private static string Meaning(FaultKind kind) => kind switch
    {
        FaultKind.Delay => "answers a second later",
        FaultKind.TooManyRequests => "429, and nothing is done",
        FaultKind.InternalError => "500, and nothing is done",
        FaultKind.Unavailable => "503, and nothing is done",
        FaultKind.Timeout => "504, and nothing is done",
        FaultKind.InternalErrorAfter => "500 of its store, although it is done",
        FaultKind.TimeoutAfter => "504, although it is done",
        FaultKind.DropBefore => "the connection breaks before anything is done",
        FaultKind.DropAfter => "the connection breaks once it is done",
        FaultKind.StallBefore => "never answers, and nothing is done",
        FaultKind.StallAfter => "never answers, although it is done",
        FaultKind.StallBody => "it is done, and the answer stops in the middle",
        FaultKind.CutBody => "it is done, and the connection breaks in the middle of the answer",
        FaultKind.ExpiredToken => "401, as if the gateway's token had expired",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "has no meaning here"),
    };
}
