using Gateway.Core.Workloads;

namespace Gateway.Core.Manifests.Paths;

/// <summary>From a field of an object to the field of the submission that it was made from.</summary>
public static class CallersPath
{
    private static readonly PathTable Table = new([.. OwnerFields.All, .. PodFields.All, .. ContainerFields.All]);

    /// <summary>
    /// The caller's path for what the cluster names in its own terms: `spec.template.spec.containers[0].image` is `image`. What no
    /// field of the submission decides keeps the cluster's name.
    /// </summary>
    /// <param name="submission">What the object was made from, with all that was filled in.</param>
    /// <param name="kind">The object's kind.</param>
    /// <param name="name">The object's name.</param>
    /// <param name="field">The field of the object.</param>
    public static string Of(WorkloadSubmission submission, string kind, string name, string field) => kind switch
    {
        "PersistentVolumeClaim" => VolumeFields.FindInClaim(submission, name, field),
        // A pod of its own, as in a dry run, is what the template makes.
        "Pod" => Find(submission, $"spec.template.{field}"),
        "Service" or "Ingress" => Find(submission, $"{kind}.{field}"),
        _ => Find(submission, field),
    } ?? field;

    private static string? Find(WorkloadSubmission submission, string field) => VolumeFields.Find(submission, field) ?? Table.Find(field);
}
