using Gateway.Core.Workloads;
using k8s;
using k8s.Models;

namespace Gateway.Core.Manifests;

/// <summary>A workload's object: a Job or a StatefulSet, by its type.</summary>
public static class WorkloadManifest
{
    /// <summary>The object that runs a valid submission.</summary>
    public static IKubernetesObject<V1ObjectMeta> ToManifest(this WorkloadSubmission request, Placement placement, WorkloadDefaults defaults) =>
        request.Type == WorkloadType.Train ? request.ToJob(placement, defaults) : request.ToStatefulSet(placement, defaults);

    /// <summary>The type of workload that an object is.</summary>
    public static string Type(this IKubernetesObject<V1ObjectMeta> owner) => owner is V1Job ? WorkloadType.Train : WorkloadType.Build;

    /// <summary>The pod template of a Job or a StatefulSet.</summary>
    public static V1PodTemplateSpec PodTemplate(this IKubernetesObject<V1ObjectMeta> owner) => owner switch
    {
        V1Job job => job.Spec.Template,
        V1StatefulSet set => set.Spec.Template,
        _ => throw new ArgumentException($"A {owner.Kind} is no workload.", nameof(owner)),
    };

    /// <summary>The labels that the owner's pods carry.</summary>
    public static V1LabelSelector PodSelector(this IKubernetesObject<V1ObjectMeta> owner) => owner switch
    {
        V1Job job => job.Spec.Selector,
        V1StatefulSet set => set.Spec.Selector,
        _ => throw new ArgumentException($"A {owner.Kind} is no workload.", nameof(owner)),
    };
}
