using System.Text.RegularExpressions;
using Gateway.Api.Cluster;

namespace Gateway.Api.Errors.Admission;

/// <summary>
/// A request that is more than the limit. The caller's own two are compared before the cluster is asked: a limit that the caller did
/// not give is the project's.
/// </summary>
internal static partial class DefaultLimit
{
    /// <summary>The caller's field, and what is to be done there; null where the cluster complains of something else.</summary>
    public static (string Path, string Says)? In(ClusterException e, string field, string message, Func<string, string>? path)
    {
        if (path is null || OverLimit().Match(message) is not { Success: true } match || !field.EndsWith(".requests", StringComparison.Ordinal))
        {
            return null;
        }
        // The server names all requests together.
        var said = path($"{field}[{match.Groups["resource"].Value}]");
        var limit = match.Groups["limit"].Success ? match.Groups["limit"].Value : "the limit";
        return CallersFields.IsRequest(said) && e.Submission!.RangeOf(said) is { Limit: null }
            ? (said, $"must be at most {limit} where {CallersFields.LimitOf(said)} is not given: the project's LimitRange")
            : (said, message);
    }

    [GeneratedRegex("must be (?:less than or )?equal to (?<resource>\\S+) limit(?: of (?<limit>\\S+))?$")]
    private static partial Regex OverLimit();
}
