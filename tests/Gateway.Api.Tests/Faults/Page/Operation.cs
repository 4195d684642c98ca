namespace Gateway.Api.Tests.Faults.Page;

/// <summary>Something that callers ask for, and what is to go wrong with it.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Verb">The verb of the call to the cluster that is struck.</param>
/// <param name="Resource">The resource of that call.</param>
/// <param name="SendAsync">Asks for it.</param>
/// <param name="Whole">What the cluster holds when it is done.</param>
internal sealed record Operation(string Title, string Verb, string Resource, Func<Stage, Task<Answer>> SendAsync, string Whole)
{
    /// <summary>What is there before.</summary>
    public Func<Stage, Task> PrepareAsync { get; init; } = _ => Task.CompletedTask;

    /// <summary>Whether a lasting fault strikes every call, and not only this one.</summary>
    public bool StrikesAll { get; init; } = true;

    /// <summary>Whether it takes pods that run.</summary>
    public bool Pods { get; init; }

    /// <summary>What the same request gives once it was done; for those that have no key, and say so.</summary>
    public int? Again { get; init; }
}
