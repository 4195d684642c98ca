namespace Gateway.Bench.Measuring;

/// <summary>The rounds of a scenario and what was measured in each; says on the console how far they are.</summary>
internal sealed class Rounds(Scenario scenario)
{
    private readonly List<double[]> measured = [];

    public Scenario Scenario => scenario;

    public int Count => measured.Count;

    /// <summary>Measures a number of times, after rounds whose figures do not count.</summary>
    public async Task RunAsync(int count, Func<Task<double[]>> measure, int warmUps = 1)
    {
        for (var round = 1 - warmUps; round <= count; round++)
        {
            var figures = await measure();
            if (round > 0) measured.Add(figures);
            Console.WriteLine($"{scenario.Name}  {(round > 0 ? $"round {round} of {count}" : "warm-up")}:  {Show(figures)}");
        }
    }

    /// <summary>What was measured of one figure, from the smallest to the largest.</summary>
    public double[] Sorted(int figure) => [.. measured.Select(figures => figures[figure]).Order()];

    private string Show(double[] figures) =>
        string.Join(", ", scenario.Figures.Zip(figures, (figure, value) => $"{figure.Name} {figure.Show(value)}"));
}

/// <summary>Where most of the values lie.</summary>
internal static class Statistics
{
    public static double Median(this IReadOnlyList<double> sorted) => sorted.Percentile(0.5);

    public static double Percentile(this IReadOnlyList<double> sorted, double part)
    {
        var place = part * (sorted.Count - 1);
        var (low, high) = (sorted[(int)Math.Floor(place)], sorted[(int)Math.Ceiling(place)]);
        return low + ((high - low) * (place - Math.Floor(place)));
    }
}
