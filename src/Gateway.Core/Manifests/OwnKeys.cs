namespace Gateway.Core.Manifests;

/// <summary>The gateway's own labels and annotations.</summary>
public static class OwnKeys
{
    /// <summary>The label of everything that the gateway made, with the value <see cref="ManagedByGateway"/>.</summary>
    public const string ManagedBy = "app.kubernetes.io/managed-by";

    /// <summary>The value of <see cref="ManagedBy"/>.</summary>
    public const string ManagedByGateway = "workload-gateway";

    /// <summary>The annotation with the exact text of the submission's user, on object and pod.</summary>
    public const string User = "workload-gateway.io/user";

    /// <summary>The annotation with the name of the caller who submitted.</summary>
    public const string SubmittedBy = "workload-gateway.io/submitted-by";

    /// <summary>The annotation with the fingerprint of the submission.</summary>
    public const string Fingerprint = "workload-gateway.io/fingerprint";

    /// <summary>The annotation with the hash of the submission's idempotency key.</summary>
    public const string KeyHash = "workload-gateway.io/idempotency-key-hash";

    /// <summary>The annotation with a number of the attempt that created the object: where its answer was lost, it finds its own work by that.</summary>
    public const string Attempt = "workload-gateway.io/attempt";

    /// <summary>The annotation that says what became of a submission which was cut short: see <see cref="Settling"/>.</summary>
    public const string Settled = "workload-gateway.io/settled";

    /// <summary>The annotation of a Job with the submission's `backoffLimit`, where the Job's own has room for preemptions beside.</summary>
    public const string BackoffLimit = "workload-gateway.io/backoff-limit";

    /// <summary>The annotation with the submission's `expose`.</summary>
    public const string Expose = "workload-gateway.io/expose";

    /// <summary>The annotation with the host of an Ingress, with `{port}` where the port goes.</summary>
    public const string Host = "workload-gateway.io/host";

    /// <summary>The annotation with the node ports that were asked for: `8888:30080`, with commas between them.</summary>
    public const string NodePorts = "workload-gateway.io/node-ports";

    /// <summary>The annotation with the names of the claims that go with the workload, with commas between them.</summary>
    public const string EphemeralClaims = "workload-gateway.io/ephemeral-claims";

    /// <summary>The annotation of a companion with the name of the workload that it was made for.</summary>
    public const string Workload = "workload-gateway.io/workload";

    /// <summary>The annotation of a kept claim that a later workload uses as well: it is no longer undone with the one that it was made for.</summary>
    public const string Shared = "workload-gateway.io/shared";

    /// <summary>The annotation of a suspended build with the number of replicas that it had, and gets back.</summary>
    public const string Replicas = "workload-gateway.io/replicas";

    /// <summary>The annotation with the time of the last resume (RFC 3339), on a StatefulSet, which has no condition that tells.</summary>
    public const string ResumedAt = "workload-gateway.io/resumed-at";
}
