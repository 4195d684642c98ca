using Gateway.Api.Projects;

namespace Gateway.Api.Cluster.Connection;

/// <summary>The service account as which the gateway acts in one namespace, and how an operator sets it up.</summary>
internal sealed record ProjectAccount(string Namespace, string Name, string ClusterRole)
{
    public static ProjectAccount Of(string namespaceName, ProjectOptions options) => new(namespaceName, options.ServiceAccount, options.ClusterRole);

    /// <summary>What is missing, and the command that mends it, when the cluster gave no token for the account.</summary>
    public string MissingFor(ClusterException refusal) => refusal.Status == System.Net.HttpStatusCode.NotFound
        ? $"The namespace {Namespace} has no service account {Name}. Set it up: kubectl create serviceaccount {Name} -n {Namespace} && {Bind}"
        : $"The gateway's own account may not create tokens for the service account {Name} of the namespace {Namespace}: its ClusterRole needs the verb create on serviceaccounts/token with that name.";

    /// <summary>What is missing, and the command that mends it, when the account may not do what it was to do.</summary>
    public string MayNot(string right) =>
        $"The service account {Name} of the namespace {Namespace} may not {right} there. Set it up: {Bind}";

    /// <summary>What is the matter when the cluster does not take a token that it gave.</summary>
    public string NotTaken => $"The cluster does not take the tokens of the service account {Name} of the namespace {Namespace}: it may have been made anew a moment ago.";

    private string Bind => $"kubectl create rolebinding {Name} -n {Namespace} --clusterrole={ClusterRole} --serviceaccount={Namespace}:{Name}";
}
