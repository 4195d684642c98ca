using System.Text;

namespace Gateway.Embedded.Hosting;

/// <summary>What kubectl needs to reach a cluster. It sends a token over HTTPS only.</summary>
internal static class Kubeconfig
{
    public static string For(Uri address, string certificatePem, string token, string space) => $"""
        apiVersion: v1
        kind: Config
        current-context: embedded
        clusters:
        - name: embedded
          cluster:
            server: {address.GetLeftPart(UriPartial.Authority)}
            certificate-authority-data: {Convert.ToBase64String(Encoding.ASCII.GetBytes(certificatePem))}
        users:
        - name: admin
          user:
            token: {token}
        contexts:
        - name: embedded
          context:
            cluster: embedded
            user: admin
            namespace: {space}
        """;
}
