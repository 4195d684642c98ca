using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Gateway.Bench.Measuring;

namespace Gateway.Bench.Micro;

/// <summary>The steps of a submission by themselves, measured by BenchmarkDotNet.</summary>
internal static class StepsInNumbers
{
    private static readonly string[] Steps = [nameof(SubmissionSteps.Parse), nameof(SubmissionSteps.Validate), nameof(SubmissionSteps.Map), nameof(SubmissionSteps.Serialise), nameof(SubmissionSteps.All)];

    public static readonly Scenario Scenario = new()
    {
        Name = "submission-steps",
        Text = "What is done to one train between reading its body and sending the Job, in this process: its JSON is parsed, checked, mapped to a Job, and that serialised by the client library. Means of BenchmarkDotNet.",
        Figures = [.. Steps.SelectMany(step => (Figure[])[new($"{step.ToLowerInvariant()} µs", "N1"), new($"{step.ToLowerInvariant()} KB", "N1")])],
        RunAsync = RunAsync,
    };

    private static Task RunAsync(Rounds rounds) => rounds.RunAsync(3, warmUps: 0, measure: () => Task.FromResult(Measure()));

    private static double[] Measure()
    {
        var config = ManualConfig.CreateEmpty().AddLogger(NullLogger.Instance).AddColumnProvider(DefaultColumnProviders.Instance)
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)).WithOptions(ConfigOptions.DisableLogFile);
        var summary = BenchmarkRunner.Run<SubmissionSteps>(config);
        return [.. Steps.SelectMany(step => Numbers(summary.Reports.Single(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name == step)))];
    }

    private static double[] Numbers(BenchmarkReport report) =>
        [report.ResultStatistics!.Mean / 1e3, report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase)!.Value / 1e3];
}
