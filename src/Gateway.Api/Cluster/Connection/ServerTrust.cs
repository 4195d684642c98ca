using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using k8s;

namespace Gateway.Api.Cluster.Connection;

/// <summary>How an API server shows who it is: by a certificate for the name it is called by, from the authorities of its cluster and no other.</summary>
internal static class ServerTrust
{
    /// <summary>
    /// Takes the place of the client library's own check, which takes a certificate for any name (a node's, say) if the cluster's authority
    /// made it, and one for the right name from any authority that the machine trusts.
    /// </summary>
    public static void Check(this SslClientAuthenticationOptions connection, KubernetesClientConfiguration configuration)
    {
        if (configuration.SkipTlsVerify || configuration.SslCaCerts is not { } authorities)
            return;
        connection.RemoteCertificateValidationCallback = null;
        connection.CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        connection.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
    }
}
