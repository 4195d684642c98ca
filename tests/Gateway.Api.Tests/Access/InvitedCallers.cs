using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace Gateway.Api.Tests.Access;

/// <summary>Callers with exactly the rights that a test gives them, in the project team-a.</summary>
internal static class InvitedCallers
{
    private static readonly Dictionary<string, string> Groups = new() { ["jobs"] = "batch", ["statefulsets"] = "apps", ["ingresses"] = "networking.k8s.io" };

    /// <summary>A token of a new caller who may do this, such as `get pods/log`, and nothing else.</summary>
    public static async Task<string> InviteAsync(this GatewayHost host, params IEnumerable<string> rights)
    {
        var (name, space) = ($"caller-{Guid.NewGuid():N}", host.Space);
        var rules = rights.Select(right => right.Split(' ')).Select(right => new V1PolicyRule { Verbs = [right[0]], ApiGroups = [Groups.GetValueOrDefault(right[1], "")], Resources = [right[1]] });
        await host.Cluster.CoreV1.CreateNamespacedServiceAccountAsync(new() { Metadata = new() { Name = name } }, space);
        await host.Cluster.RbacAuthorizationV1.CreateNamespacedRoleAsync(new() { Metadata = new() { Name = name }, Rules = [.. rules] }, space);
        await host.Cluster.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(
            new()
            {
                Metadata = new() { Name = name },
                Subjects = [new() { Kind = "ServiceAccount", NamespaceProperty = space, Name = name }],
                RoleRef = new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "Role", Name = name },
            },
            space);
        var request = new Authenticationv1TokenRequest { Spec = new() { Audiences = ["workload-gateway"], ExpirationSeconds = 3600 } };
        return (await host.Cluster.CoreV1.CreateNamespacedServiceAccountTokenAsync(request, name, space)).Status.Token;
    }

    /// <summary>Sends a request as the caller of a token.</summary>
    public static async Task<HttpResponseMessage> SendAsync(this GatewayHost host, string token, string method, string path, JsonNode? body = null, string? key = null, string? accept = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (accept is not null)
            request.Headers.Accept.ParseAdd(accept);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
