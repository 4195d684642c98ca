using Gateway.Api.Errors;
using Gateway.Core.Manifests.Companions;
using Gateway.Core.Workloads;
using k8s;
using k8s.Models;

namespace Gateway.Api.Workloads.Hosts;

/// <summary>Whether a new workload can have the hosts at which it would be reached by Ingress.</summary>
internal sealed partial class IngressHosts(IngressWatch watch, ILogger<IngressHosts> log)
{
    private const int LongestHost = 253;

    /// <summary>Ends the request with 422 when a host would be too long, and with 409 when an Ingress of another namespace has it.</summary>
    public async Task RequireAsync(WorkloadSubmission asked, IKubernetesObject<V1ObjectMeta> manifest, CancellationToken cancellationToken)
    {
        var hosts = manifest.ToEndpoints().Where(endpoint => endpoint.Expose == Exposure.Ingress).Select(endpoint => endpoint.Host).OfType<string>().ToList();
        if (hosts.Count == 0)
            return;
        if (hosts.FirstOrDefault(host => !HostTemplate.IsHost(host)) is { } tooLong)
            throw TooLong(asked, tooLong);
        var (holders, space) = (await watch.HoldersAsync(cancellationToken), manifest.Metadata.NamespaceProperty);
        foreach (var host in hosts)
        {
            if (holders.HolderOf(host, besides: space) is { } holder)
                throw Taken(host, space, holder);
        }
    }

    private static ProblemException TooLong(WorkloadSubmission asked, string host)
    {
        var excess = Math.Max(host.Split('.').Max(label => label.Length) - HostTemplate.LongestLabel, host.Length - LongestHost);
        var (path, message) = excess < asked.Name!.Length
            ? (asked.NamePrefix is null ? "name" : "namePrefix", $"must be {excess} characters shorter with expose Ingress, or its host {host} is too long")
            : ("expose", $"must not be Ingress in this project: its host {host} would be too long");
        return new(ProblemTypes.InvalidWorkload.With($"{path} {message}.") with { Errors = new Dictionary<string, string[]> { [path] = [message] } });
    }

    // Whose it is the operator is told, and not the caller.
    private ProblemException Taken(string host, string space, (string Namespace, string Name) holder)
    {
        LogTaken(host, space, holder.Namespace, holder.Name);
        return new(ProblemTypes.HostTaken.With($"The workload would be reached at {host}, and an Ingress of another namespace has that host."));
    }

    [LoggerMessage(61, LogLevel.Warning, "The host {Host} is refused to a workload of {Namespace}: the Ingress {HolderNamespace}/{Holder} has it")]
    private partial void LogTaken(string host, string @namespace, string holderNamespace, string holder);
}
