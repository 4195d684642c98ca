using System.ComponentModel;
using System.Text.RegularExpressions;
using Gateway.Api.Errors;
using Microsoft.AspNetCore.Mvc;

namespace Gateway.Api.Workloads;

/// <summary>How long a caller is ready to wait for an answer.</summary>
internal sealed partial record WaitParameters
{
    private const int LongestSeconds = 60;

    [Description("How long to wait for what the answer depends on, such as `30s`: at most `60s`.")]
    [FromQuery(Name = "wait")]
    public string? Wait { get; init; }

    /// <summary>The time; null when there is none to wait, or 400 where it is none.</summary>
    public TimeSpan? Time => Wait is null ? null
        : Seconds().Match(Wait) is { Success: true } match && int.Parse(match.Groups[1].Value, null) is <= LongestSeconds and var seconds ? TimeSpan.FromSeconds(seconds)
        : throw Query.Refuse("wait", $"must be a number of seconds up to {LongestSeconds}, such as 30s");

    [GeneratedRegex("^([0-9]{1,4})s$", RegexOptions.CultureInvariant)]
    private static partial Regex Seconds();
}
