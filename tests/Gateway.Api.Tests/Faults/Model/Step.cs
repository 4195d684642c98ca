using CsCheck;
using Gateway.Embedded.Faults;

namespace Gateway.Api.Tests.Faults.Model;

/// <summary>What a caller may ask for.</summary>
internal enum Ask
{
    Submit,
    Get,
    Delete,
    Suspend,
    Resume,
}

/// <summary>Something that is asked for, of one of two names, and what goes wrong meanwhile.</summary>
internal sealed record Step(Ask Ask, int Name, int Key, int Body, FaultKind? Fault, int Times)
{
    private static readonly FaultKind?[] Faults =
    [
        FaultKind.DropBefore, FaultKind.DropAfter, FaultKind.CutBody, FaultKind.InternalError, FaultKind.InternalErrorAfter, FaultKind.Unavailable, FaultKind.TooManyRequests, FaultKind.Timeout, FaultKind.TimeoutAfter,
        null, null, null, null, null, null, null, null, null,
    ];

    // Half of them submit.
    private static readonly Ask[] Asks = [Ask.Submit, Ask.Submit, Ask.Submit, Ask.Submit, Ask.Get, Ask.Delete, Ask.Suspend, Ask.Resume];

    /// <summary>Several steps, one after another.</summary>
    public static readonly Gen<List<Step>> Story = Gen.Select(Gen.Int[0, Asks.Length - 1], Gen.Int[0, 1], Gen.Int[0, 2], Gen.Int[0, 1], Gen.Int[0, Faults.Length - 1], Gen.Int[1, 6], (ask, name, key, body, fault, times) => new Step(Asks[ask], name, key, body, Faults[fault], times)).List[6, 16];
}
