using System.Text.RegularExpressions;
using Gateway.Core.Workloads;

namespace Gateway.Api.Errors.Admission;

/// <summary>A quota that has no room, by its own numbers: whether it ever could have, and which fields ask for too much.</summary>
internal static partial class ExceededQuota
{
    private const string Services = "services";
    private const string OfClass = ".storageclass.storage.k8s.io/requests.storage";

    // What is asked for is more than the quota has when nothing is used.
    private static readonly ProblemType NeverFits = ProblemTypes.QuotaExceeded with { Retryable = false };

    /// <summary>What the caller is told; null where it is no quota that refuses.</summary>
    /// <param name="why">What the quota says.</param>
    /// <param name="path">From a field of the refused object to the caller's; null where there is no submission.</param>
    public static Problem? Of(string why, Func<string, string>? path)
    {
        if (Exceeded().Match(why) is not { Success: true } match)
        {
            return null;
        }
        var (used, limited) = (Amounts(match.Groups["used"].Value), Amounts(match.Groups["limited"].Value));
        var wishes = Amounts(match.Groups["requested"].Value)
            .Select(one => new Wish(one.Key, one.Value, used.GetValueOrDefault(one.Key, "0"), limited.GetValueOrDefault(one.Key, "0")))
            .Select(wish => (Path: path is null ? null : PathOf(wish.Resource, path), Wish: wish))
            .ToArray();
        return Told($"the quota {match.Groups["quota"].Value} of the project", wishes);
    }

    private static Problem Told(string who, (string? Path, Wish Wish)[] wishes)
    {
        var type = wishes.Any(one => one.Wish.NeverFits) ? NeverFits : ProblemTypes.QuotaExceeded;
        var errors = wishes.Where(one => one.Path is not null)
            .GroupBy(one => one.Path!, one => $"{one.Wish.Says}: {who}")
            .ToDictionary(field => field.Key, field => field.ToArray());
        return type.With($"{string.Join("; ", wishes.Select(one => $"{one.Path ?? one.Wish.Resource} {one.Wish.Says}"))}: {who}.") with
        {
            Errors = errors.Count > 0 ? errors : null,
        };
    }

    // https://kubernetes.io/docs/concepts/policy/resource-quotas/#types-of-resource-quota
    private static string? PathOf(string resource, Func<string, string> path) => resource switch
    {
        "requests.storage" or "persistentvolumeclaims" => path(PodFields.Size),
        _ when resource.EndsWith(OfClass, StringComparison.Ordinal) => path(PodFields.Size),
        _ when resource.StartsWith(Services, StringComparison.Ordinal) => "expose",
        _ when After(resource, "limits.") is { } limit => path($"spec.containers[0].resources.limits[{limit}]"),
        _ when After(resource, "requests.") is { } request => path($"spec.containers[0].resources.requests[{request}]"),
        "cpu" or "memory" or "ephemeral-storage" => path($"spec.containers[0].resources.requests[{resource}]"),
        _ => null,
    };

    private static string? After(string text, string prefix) => text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : null;

    // Such as `pods=1,requests.nvidia.com/gpu=2`.
    private static Dictionary<string, string> Amounts(string list) =>
        Amount().Matches(list).DistinctBy(one => one.Groups["resource"].Value).ToDictionary(one => one.Groups["resource"].Value, one => one.Groups["amount"].Value);

    [GeneratedRegex("^exceeded quota: (?<quota>\\S+), requested: (?<requested>\\S*), used: (?<used>\\S*), limited: (?<limited>\\S*)$")]
    private static partial Regex Exceeded();

    [GeneratedRegex("(?<resource>[^=,]+)=(?<amount>[^,]*)")]
    private static partial Regex Amount();

    private sealed record Wish(string Resource, string Requested, string Used, string Limited)
    {
        // Amounts that cannot be read may fit one day.
        public bool NeverFits => Quantity.Parse(Requested) > Quantity.Parse(Limited);

        public string Says => NeverFits
            ? $"asks for {Requested}, and {Limited} is all there is"
            : $"asks for {Requested}, and {Used} of {Limited} is used";
    }
}
