using System.Collections.Concurrent;
using Gateway.Embedded;
using Xunit;

namespace Gateway.Api.Tests.Identity;

/// <summary>The calls that gateways made of one cluster, as itself or as projects' accounts. Each has to be in calls.txt.</summary>
internal sealed class MadeCalls
{
    private const string Account = "workload-gateway";

    private readonly ConcurrentDictionary<(bool AsItself, string Call), bool> _made = new();

    /// <summary>Every call that is listed, with the cluster role that allows it.</summary>
    public static IReadOnlyList<(string Role, string Call)> Listed { get; } =
    [
        .. from line in File.ReadAllLines(Path.Combine(Repository.Root, "tests", "Gateway.Api.Tests", "Identity", "calls.txt"))
           where line.Length > 0 && !line.StartsWith('#')
           let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
           select (words[0], $"{words[1]} {words[2]} {words[3]}"),
    ];

    /// <summary>Those of the list that were made.</summary>
    public IEnumerable<(string Role, string Call)> Made => Listed.Where(one => _made.ContainsKey((one.Role != "project", one.Call)));

    /// <summary>Takes note of a call where a gateway made it. What is about no resource, such as the version, takes no right of its own.</summary>
    public void Note(ClusterAccess access)
    {
        if (access.Resource.Length > 0 && access.User.Split(':') is ["system", "serviceaccount", var space, Account])
            _made[(space == Account, $"{access.Verb} {access.Resource} {(access.Group.Length == 0 ? "-" : access.Group)}")] = true;
    }

    /// <summary>Fails where a call was made that is not listed.</summary>
    public void AssertListed() => Assert.Subset(Listed.Select(one => (one.Role != "project", one.Call)).ToHashSet(), _made.Keys.ToHashSet());
}
