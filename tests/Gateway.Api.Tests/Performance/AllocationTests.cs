using System.Text.Json;
using Gateway.Api.Live.Pictures;
using Gateway.Api.Workloads;
using Gateway.Core.Manifests;
using Gateway.Core.Scheduling;
using Gateway.Core.Status;
using Gateway.Core.Workloads;
using k8s;
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

    private const string Body = """
        {"type": "train", "name": "train-1", "image": "gcr.io/run-ai-demo/quickstart", "user": "jane", "gpu": {"count": 1},
         "command": ["python"], "args": ["train.py", "--epochs", "10"], "env": [{"name": "EPOCHS", "value": "10"}, {"name": "DATA", "value": "/data"}],
         "cpu": {"request": "2"}, "memory": {"request": "8Gi"}, "backoffLimit": 6}
        """;

    private static readonly Placement Placement = new() { Namespace = "n", Queue = "q", Dialect = SchedulerDialect.RunAi, SubmittedBy = "jane" };

    // As many times what writing the finished Job as JSON allocates.
    [Theory]
    [InlineData("parse", 0.68)]
    [InlineData("validate", 4.1)]
    [InlineData("map", 2.4)]
    [InlineData("show", 1.9)]
    public void Step_OfASubmission_AllocatesAsMuchAsBefore(string step, double committed)
    {
        var submission = JsonSerializer.Deserialize<WorkloadSubmission>(Body, WorkloadJson.Options)!;
        var job = submission.ToManifest(Placement, WorkloadDefaults.Standard);
        var observed = new ObservedWorkload { Owner = job, Dialect = SchedulerDialect.RunAi };
        Action run = step switch
        {
            "parse" => () => JsonSerializer.Deserialize<WorkloadSubmission>(Body, WorkloadJson.Options),
            "validate" => submission.Validate,
            "map" => () => submission.ToManifest(Placement, WorkloadDefaults.Standard),
            _ => () => WorkloadText.Of(observed.ToWorkload("team-a", "")),
        };

        var share = Allocated(run) / Allocated(() => KubernetesJson.Serialize(job));

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
