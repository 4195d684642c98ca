namespace Gateway.Bench.Measuring;

/// <summary>Something that is measured, in several rounds.</summary>
internal sealed record Scenario
{
    /// <summary>The name by which it is asked for.</summary>
    public required string Name { get; init; }

    /// <summary>What is done, in a sentence or two.</summary>
    public required string Text { get; init; }

    /// <summary>The figures of a round, in their order.</summary>
    public required IReadOnlyList<Figure> Figures { get; init; }

    /// <summary>Sets the scene and runs the rounds.</summary>
    public required Func<Rounds, Task> RunAsync { get; init; }
}

/// <summary>One thing that is measured in each round.</summary>
internal sealed record Figure(string Name, string Format = "N0")
{
    /// <summary>What the median is to reach, if anything.</summary>
    public double? AtLeast { get; init; }

    /// <summary>What the median is not to exceed, if anything.</summary>
    public double? AtMost { get; init; }

    public string Show(double value) => value.ToString(Format);

    public string Goal => AtLeast is { } least ? $">= {Show(least)}" : AtMost is { } most ? $"<= {Show(most)}" : "";

    public string Verdict(double median) => Goal == "" ? "" : median >= (AtLeast ?? median) && median <= (AtMost ?? median) ? "met" : "missed";
}
