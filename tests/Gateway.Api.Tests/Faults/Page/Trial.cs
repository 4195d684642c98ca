using Gateway.Embedded.Faults;

namespace Gateway.Api.Tests.Faults.Page;

/// <summary>One operation under one fault: what its caller saw, what the cluster held then, and what the same request gave when all was well again.</summary>
internal sealed record Trial(Operation Operation, FaultKind Kind, bool Lasts, string Saw, string Held, string Again)
{
    /// <summary>Why the caller was told what is not so; null where all of it is.</summary>
    public string? Lie { get; init; }

    public override string ToString() => $"{Operation.Title}, {Kind}, {(Lasts ? "lasting" : "once")}: {Saw}; {Held}; {Again}: {Lie}";

    public static async Task<Trial> RunAsync(Stage stage, Operation operation, FaultKind kind, bool lasts)
    {
        await stage.NextAsync();
        await operation.PrepareAsync(stage);
        var before = await Holdings.ReadAsync(stage);
        stage.Faults.Add(new()
        {
            Kind = kind,
            Namespace = stage.Space,
            Verb = lasts && operation.StrikesAll ? null : operation.Verb,
            Resource = lasts && operation.StrikesAll ? null : operation.Resource,
            Times = lasts ? null : 1,
            Seconds = 1,
            Bytes = 20,
            RetryAfterSeconds = lasts ? 5 : 1,
        });
        var saw = await operation.SendAsync(stage);
        stage.Faults.Clear();
        await stage.PassAsync(TimeSpan.FromSeconds(3));
        var held = await Holdings.ReadAsync(stage);
        var again = await operation.SendAsync(stage);
        await stage.PassAsync(TimeSpan.FromSeconds(3));
        var trial = new Trial(operation, kind, lasts, saw.Text, held, again.Text);
        return trial with { Lie = trial.LieIn(saw, before, again, await Holdings.ReadAsync(stage)) };
    }

    // Whatever a caller is told holds, and asking again has it done.
    private string? LieIn(Answer saw, string before, Answer again, string after) =>
        saw.Status is 500 || again.Status is 500 ? "a defect"
        : saw.Status is 429 or 503 or 504 && !saw.RetryAfter ? "does not say when to ask again"
        : saw.Outcomes.All(outcome => outcome == "none") && Held != before ? "says that nothing was done"
        : saw.Outcomes.All(outcome => outcome == "done") && Held != Operation.Whole ? "says that it was done"
        : !again.Succeeded && again.Status != Operation.Again ? "cannot be sent again"
        : after != Operation.Whole ? $"is not whole in the end, but {after}"
        : null;
}
