using Gateway.Core.Workloads;

namespace Gateway.Api.Access;

/// <summary>Something that the cluster's RoleBindings grant in a namespace: a verb on a resource.</summary>
internal sealed record Right(string Verb, string Group, string Resource, string Subresource = "")
{
    /// <summary>What reading a project takes: any one of these.</summary>
    public static readonly IReadOnlyList<Right> Reading = [.. from type in WorkloadType.All from verb in (string[])["list", "create", "get"] select On(verb, type)];

    /// <summary>What reading logs takes.</summary>
    public static readonly Right Logs = new("get", "", "pods", "log");

    /// <summary>What showing pods takes, and what is read from them, their events and their pod group.</summary>
    public static readonly Right Pods = new("list", "", "pods");

    /// <summary>What reading events takes.</summary>
    public static readonly Right Events = new("list", "", "events");

    /// <summary>What forgetting pods takes whose node does not answer.</summary>
    public static readonly Right ForgettingPods = new("delete", "", "pods");

    /// <summary>A verb on the objects that workloads of a type are.</summary>
    public static Right On(string verb, string type) => type == WorkloadType.Build ? new(verb, "apps", "statefulsets") : new(verb, "batch", "jobs");

    /// <summary>As a sentence goes on after "may not".</summary>
    public override string ToString() => Subresource.Length == 0 ? $"{Verb} {Resource}" : $"{Verb} {Resource}/{Subresource}";
}
