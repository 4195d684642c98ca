using System.Text.Json;
using Gateway.Api.Live.Pictures;
using Gateway.Api.Workloads;
using Gateway.Core.Manifests;
using Gateway.Core.Scheduling;
using Gateway.Core.Status;
using Gateway.Core.Workloads;
using k8s;
using k8s.Models;

namespace Gateway.Api.Tests.Performance;

/// <summary>What the gateway does with a submission, step by step, and what each is compared with: writing the Job as JSON, by the client library.</summary>
internal static class Steps
{
    private const string Body = """
        {"type": "train", "name": "train-1", "image": "gcr.io/run-ai-demo/quickstart", "user": "jane", "gpu": {"count": 1},
         "command": ["python"], "args": ["train.py", "--epochs", "10"], "env": [{"name": "EPOCHS", "value": "10"}, {"name": "DATA", "value": "/data"}],
         "cpu": {"request": "2"}, "memory": {"request": "8Gi"}, "backoffLimit": 6}
        """;

    private static readonly Placement Placement = new() { Namespace = "n", Queue = "q", Dialect = SchedulerDialect.RunAi, SubmittedBy = "jane" };
    private static readonly WorkloadSubmission Submission = JsonSerializer.Deserialize<WorkloadSubmission>(Body, WorkloadJson.Options)!;
    private static readonly V1Job Job = (V1Job)Submission.ToManifest(Placement, WorkloadDefaults.Standard);
    private static readonly ObservedWorkload Observed = new() { Owner = Job, Dialect = SchedulerDialect.RunAi };

    /// <summary>The step of that name.</summary>
    public static Action Named(string step) => step switch
    {
        "parse" => () => JsonSerializer.Deserialize<WorkloadSubmission>(Body, WorkloadJson.Options),
        "validate" => Submission.Validate,
        "map" => () => Submission.ToManifest(Placement, WorkloadDefaults.Standard),
        "show" => () => WorkloadText.Of(Observed.ToWorkload("team-a", "")),
        "keep" => () => Part.Of(Job, SchedulerDialect.RunAi.SchedulerName),
        _ => throw new ArgumentException($"There is no step {step}.", nameof(step)),
    };

    /// <summary>What every step is compared with, in the same run.</summary>
    public static void Reference() => KubernetesJson.Serialize(Job);
}
