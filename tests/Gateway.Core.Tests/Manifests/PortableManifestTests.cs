using Gateway.Core.Manifests;
using k8s;
using k8s.Models;
using Xunit;

namespace Gateway.Core.Tests.Manifests;

public sealed class PortableManifestTests
{
    private const string StoredJob =
        """
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: sweep
          namespace: runai-team-a
          uid: 5e1c0d52-6d3f-4a1c-9a34-6d1b3f0d1a77
          resourceVersion: "812"
          generation: 2
          creationTimestamp: 2026-11-02T10:00:00Z
          labels: {batch.kubernetes.io/controller-uid: u, batch.kubernetes.io/job-name: sweep, controller-uid: u, job-name: sweep, team: vision}
          annotations:
            kubectl.kubernetes.io/last-applied-configuration: '{"env": [{"name": "TOKEN", "value": "s3cret"}]}'
            note: kept
          managedFields: [{manager: kubectl}]
        spec:
          backoffLimit: 6
          manualSelector: false
          selector: {matchLabels: {batch.kubernetes.io/controller-uid: u}}
          template:
            metadata:
              labels: {batch.kubernetes.io/controller-uid: u, batch.kubernetes.io/job-name: sweep, controller-uid: u, job-name: sweep, user: jane}
            spec:
              restartPolicy: Never
              containers:
                - name: sweep
                  image: busybox
                  env:
                    - {name: TOKEN, value: s3cret}
                    - {name: FROM, valueFrom: {secretKeyRef: {name: a, key: b}}}
              initContainers:
                - {name: clone, image: git, env: [{name: PASSWORD, value: s3cret}]}
        status: {active: 1}
        """;

    [Fact]
    public void Job_AsStored_BecomesWhatKubectlWouldApply()
    {
        var job = (V1Job)KubernetesYaml.Deserialize<V1Job>(StoredJob).ToPortable();

        Assert.Null(job.Status);
        Assert.Equal(new V1ObjectMeta().Uid, job.Metadata.Uid);
        Assert.Null(job.Metadata.ResourceVersion);
        Assert.Null(job.Metadata.NamespaceProperty);
        Assert.Null(job.Metadata.ManagedFields);
        Assert.Null(job.Spec.Selector);
        Assert.Equal(["team"], job.Metadata.Labels.Keys);
        Assert.Equal(["note"], job.Metadata.Annotations.Keys);
        Assert.Equal(["user"], job.Spec.Template.Metadata.Labels.Keys);
        Assert.Equal(6, job.Spec.BackoffLimit);
    }

    [Fact]
    public void Job_WithLiteralEnvironmentValues_ShowsNone()
    {
        var text = KubernetesYaml.Serialize(KubernetesYaml.Deserialize<V1Job>(StoredJob).ToPortable());

        Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal);
        Assert.Contains(PortableManifest.Hidden, text, StringComparison.Ordinal);
        Assert.Contains("secretKeyRef", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Job_WithASelectorOfItsOwn_KeepsIt()
    {
        var stored = KubernetesYaml.Deserialize<V1Job>(StoredJob.Replace("manualSelector: false", "manualSelector: true", StringComparison.Ordinal));

        var job = (V1Job)stored.ToPortable();

        Assert.Equal("u", job.Spec.Selector.MatchLabels["batch.kubernetes.io/controller-uid"]);
        Assert.True(job.Spec.ManualSelector);
    }
}
