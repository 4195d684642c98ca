using System.Diagnostics;
using Xunit;

namespace Gateway.Api.Tests.Performance;

/// <summary>
/// Guards the CPU that a submission takes on its way: more than twice what is written here is a regression. A reference in the same run
/// takes out the machine; of many short turns, each after one of the reference, the fastest counts, which nothing came between.
/// </summary>
[Collection(nameof(CpuTests))]
[CollectionDefinition(nameof(CpuTests), DisableParallelization = true)]
public sealed class CpuTests
{
    private const int WarmUp = 20000;
    private const int Turns = 1500;
    private const int Times = 20;
    private const double Most = 2;

    // As many times what writing the finished Job as JSON takes.
    [Theory]
    [InlineData("parse", 0.32)]
    [InlineData("validate", 3.4)]
    [InlineData("map", 1.1)]
    [InlineData("show", 1.4)]
    [InlineData("keep", 1.5)]
    public void Step_OfASubmission_TakesNoMoreCpuThanBefore(string step, double committed)
    {
        var run = Steps.Named(step);
        Take(run, WarmUp);
        Take(Steps.Reference, WarmUp);
        var (fastest, reference) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var turn = 0; turn < Turns; turn++)
        {
            reference = new(Math.Min(reference.Ticks, Take(Steps.Reference, Times).Ticks));
            fastest = new(Math.Min(fastest.Ticks, Take(run, Times).Ticks));
        }

        Assert.InRange(fastest / reference, 0.1 * committed, Most * committed);
    }

    private static TimeSpan Take(Action run, int times)
    {
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
            run();
        return Stopwatch.GetElapsedTime(began);
    }
}
