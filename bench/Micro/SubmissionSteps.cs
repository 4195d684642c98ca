using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Gateway.Api.Workloads;
using Gateway.Core.Manifests;
using Gateway.Core.Scheduling;
using Gateway.Core.Workloads;
using k8s;
using k8s.Models;

namespace Gateway.Bench.Micro;

/// <summary>What the gateway does to a submission between reading its body and sending the Job.</summary>
[MemoryDiagnoser]
public class SubmissionSteps
{
    private static readonly Placement Placement = new() { Namespace = "runai-team-a", Queue = "team-a", Dialect = SchedulerDialect.RunAi, SubmittedBy = "jane" };

    private readonly byte[] body;
    private readonly WorkloadSubmission submission;
    private readonly IKubernetesObject<V1ObjectMeta> job;

    public SubmissionSteps()
    {
        body = """
            {"type": "train", "name": "train-1", "image": "gcr.io/run-ai-demo/quickstart", "user": "jane", "gpu": {"count": 1},
             "command": ["python"], "args": ["train.py", "--epochs", "10"], "env": [{"name": "EPOCHS", "value": "10"}, {"name": "DATA", "value": "/data"}],
             "cpu": {"request": "2"}, "memory": {"request": "8Gi"}, "backoffLimit": 6}
            """u8.ToArray();
        submission = Parse();
        job = Map();
    }

    [Benchmark]
    public WorkloadSubmission Parse() => JsonSerializer.Deserialize<WorkloadSubmission>(body, WorkloadJson.Options)!;

    [Benchmark]
    public void Validate() => submission.Validate();

    [Benchmark]
    public IKubernetesObject<V1ObjectMeta> Map() => submission.ToManifest(Placement, WorkloadDefaults.Standard);

    [Benchmark]
    public string Serialise() => KubernetesJson.Serialize(job);

    [Benchmark]
    public string All()
    {
        var read = Parse();
        read.Validate();
        return KubernetesJson.Serialize(read.ToManifest(Placement, WorkloadDefaults.Standard));
    }
}
