using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Manifests.Pods;

/// <summary>Probes as the container has them.</summary>
internal static class Probes
{
    /// <summary>The probe, with what is left out left to the server.</summary>
    public static V1Probe? ToProbe(this ReadinessProbe? probe) => probe is null ? null : new()
    {
        HttpGet = probe.HttpGet is { } http ? new() { Path = http.Path, Port = http.Port!.Value, Scheme = http.Scheme } : null,
        TcpSocket = probe.TcpSocket is { } tcp ? new() { Port = tcp.Port!.Value } : null,
        Exec = probe.Exec is { } exec ? new() { Command = [.. exec.Command] } : null,
        InitialDelaySeconds = probe.InitialDelaySeconds,
        PeriodSeconds = probe.PeriodSeconds,
        TimeoutSeconds = probe.TimeoutSeconds,
        SuccessThreshold = probe.SuccessThreshold,
        FailureThreshold = probe.FailureThreshold,
    };
}
