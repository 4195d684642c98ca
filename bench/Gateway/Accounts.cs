using System.Net;
using System.Net.Sockets;
using k8s;
using k8s.Models;

namespace Gateway.Bench.Gateway;

/// <summary>What programs need that are to work on an embedded cluster.</summary>
internal static class Accounts
{
    /// <summary>The gateway's namespace, its account there, and its audience.</summary>
    public const string Account = "workload-gateway";

    /// <summary>A token of a service account, good for a day.</summary>
    public static async Task<string> TokenAsync(this Kubernetes admin, string account, string space, params string[] audiences)
    {
        var request = new Authenticationv1TokenRequest { Spec = new() { Audiences = audiences, ExpirationSeconds = 24 * 3600 } };
        return (await admin.CoreV1.CreateNamespacedServiceAccountTokenAsync(request, account, space)).Status.Token;
    }

    /// <summary>A port that nobody listens on at this moment, for a program that has to be told its port.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
