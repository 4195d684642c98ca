using Gateway.Core.Workloads;
using k8s;
using k8s.Models;

namespace Gateway.Core.Status;

/// <summary>How a reason comes to be: from the object that shows it.</summary>
internal static class ReasonFrom
{
    internal static Reason Of(IKubernetesObject<V1ObjectMeta> source, string code, string message, DateTime? since) => new()
    {
        Code = code,
        Message = message,
        Since = since,
        Source = $"{source.KindName()}/{source.Metadata.Name}",
    };
}
