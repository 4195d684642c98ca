using Gateway.Bench.Measuring;

namespace Gateway.Bench.Reporting;

/// <summary>What is written of one scenario.</summary>
internal sealed record Section(string Name, string Text)
{
    public static Section Of(Rounds rounds, Machine machine)
    {
        string[] lines =
        [
            rounds.Scenario.Text,
            "",
            "| | Median | Least | Most | Goal | |",
            "|---|--:|--:|--:|--:|---|",
            .. rounds.Scenario.Figures.Select((figure, index) => Row(figure, rounds.Sorted(index))),
            "",
            $"{rounds.Count} rounds, {machine}",
        ];
        return new Section(rounds.Scenario.Name, string.Join('\n', lines));
    }

    private static string Row(Figure figure, double[] sorted)
    {
        var median = sorted.Median();
        return $"| {figure.Name} | {figure.Show(median)} | {figure.Show(sorted[0])} | {figure.Show(sorted[^1])} | {figure.Goal} | {figure.Verdict(median)} |";
    }
}
