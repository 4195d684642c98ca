using Xunit;

namespace Gateway.Api.Tests.Performance;

/// <summary>
/// Guards what a submission allocates on its way: a quarter more than what is written here is a regression. A reference in the same run
/// takes out what the runtime and the client's own serializer cost.
/// </summary>
public sealed class AllocationTests
{
    private const int Times = 200;
    private const double Most = 1.25;

    // As many times what writing the finished Job as JSON allocates.
    [Theory]
    [InlineData("parse", 0.68)]
    [InlineData("validate", 4.1)]
    [InlineData("map", 2.4)]
    [InlineData("show", 1.9)]
    [InlineData("keep", 1.56)]
    public void Step_OfASubmission_AllocatesAsMuchAsBefore(string step, double committed)
    {
        var share = Allocated(Steps.Named(step)) / Allocated(Steps.Reference);

        Assert.InRange(share, 0.1 * committed, Most * committed);
    }

    private static double Allocated(Action run)
    {
        run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Times; i++)
            run();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Times;
    }
}
