namespace Gateway.Api.Tests.Faults.Model;

/// <summary>A workload, as far as the contract speaks of it.</summary>
/// <param name="Key">Which key it was submitted with; 0: none.</param>
/// <param name="Body">Which body it was submitted with.</param>
/// <param name="Suspended">Whether it is suspended.</param>
internal sealed record Held(int Key, int Body, bool Suspended)
{
    /// <summary>What a step is to be answered with, and what is to be there then.</summary>
    public static (int Status, Held? After) Expect(Held? held, Step step) => (step.Ask, held) switch
    {
        (Ask.Submit, null) => (201, new(step.Key, step.Body, false)),
        (Ask.Submit, _) when step.Key == 0 || step.Key != held.Key => (409, held),
        (Ask.Submit, _) => (step.Body == held.Body ? 200 : 422, held),
        (_, null) => (404, null),
        (Ask.Delete, _) => (200, null),
        (Ask.Suspend, _) => (held.Suspended ? 200 : 202, held with { Suspended = true }),
        (Ask.Resume, _) => (held.Suspended ? 202 : 200, held with { Suspended = false }),
        _ => (200, held),
    };
}
