using System.Text;

namespace Gateway.Embedded.Hosting;

/// <summary>What a client needs to reach a cluster. kubectl sends a token over HTTPS only.</summary>
public static class Kubeconfig
{
    /// <summary>The text of a kubeconfig; over HTTPS it takes the certificate that the cluster shows.</summary>
    public static string For(Uri address, string token, string certificatePem = "", string space = "default") => $"""
        apiVersion: v1
        kind: Config
        current-context: embedded
        clusters:
        - name: embedded
          cluster:
            server: {address.GetLeftPart(UriPartial.Authority)}
            certificate-authority-data: {Convert.ToBase64String(Encoding.ASCII.GetBytes(certificatePem))}
        users:
        - name: embedded
          user:
            token: {token}
        contexts:
        - name: embedded
          context:
            cluster: embedded
            user: embedded
            namespace: {space}
        """;
}
