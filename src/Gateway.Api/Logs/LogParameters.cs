using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Api.Errors;
using Gateway.Api.Logs.Writing;
using Gateway.Core.Logs;
using Microsoft.AspNetCore.Mvc;

namespace Gateway.Api.Logs;

/// <summary>What of a log can be asked for.</summary>
internal sealed partial record LogParameters
{
    [Description("Whether to wait for the pod, and for more lines until the container ends.")]
    [FromQuery(Name = "follow")]
    public bool? Follow { get; init; }

    [Description("Only so many lines from the end.")]
    [FromQuery(Name = "tail")]
    public int? Tail { get; init; }

    [Description("Only lines since then: `5m`, `1h30m`, or a time such as `2026-01-01T12:00:00Z`.")]
    [FromQuery(Name = "since")]
    public string? Since { get; init; }

    [Description("Whether each line begins with its time.")]
    [FromQuery(Name = "timestamps")]
    public bool? Timestamps { get; init; }

    [Description("Whether to read the run of the container before the latest one.")]
    [FromQuery(Name = "previous")]
    public bool? Previous { get; init; }

    [Description("The pod by name; the newest one when left out.")]
    [FromQuery(Name = "pod")]
    public string? Pod { get; init; }

    [Description("The pod by index, of a build or an indexed train.")]
    [FromQuery(Name = "index")]
    public int? Index { get; init; }

    [Description("The container; the pod's main one when left out.")]
    [FromQuery(Name = "container")]
    public string? Container { get; init; }

    [Description("As `text/event-stream`: the id of the last event that was received. The log goes on right after it.")]
    [FromHeader(Name = "Last-Event-ID")]
    public string? LastEventId { get; init; }

    /// <summary>The request, or 400 where it makes no sense.</summary>
    public LogRequest ToRequest(string mediaType, DateTimeOffset now)
    {
        if (Tail < 0)
            throw Query.Refuse("tail", "must be 0 or more");
        var from = Since is null ? (DateTimeOffset?)null : Time(Since, now) ?? throw Query.Refuse("since", "must be a duration such as 5m or 1h30m, or a time such as 2026-01-01T12:00:00Z");
        var wanted = new LogRequest
        {
            MediaType = mediaType,
            Wish = new() { Pod = Pod, Index = Index, Container = Container, Previous = Previous == true },
            Follow = Follow == true,
            Tail = Tail,
            From = from,
            Timestamps = Timestamps == true,
        };
        return LastEventId is null or "" || mediaType != LogWriter.EventStream ? wanted : GoOn(wanted, LastEventId);
    }

    // What was chosen then is chosen still, whatever pods there are by now.
    private static LogRequest GoOn(LogRequest wanted, string id) =>
        id.Split('/') is [var pod, var container, var run, var token] && run.Length > 0 && LogMark.Parse(token) is { } mark
            ? wanted with { Wish = new() { Pod = pod, Container = container, Run = run }, Mark = mark, From = null, Tail = null }
            : throw Query.Refuse("Last-Event-ID", "is no id of an event of this log");

    private static DateTimeOffset? Time(string text, DateTimeOffset now)
    {
        if (Duration().Match(text) is { Success: true } match && text.Length > 0)
            return now - TimeSpan.FromSeconds((86_400 * Number(match, "d")) + (3_600 * Number(match, "h")) + (60 * Number(match, "m")) + Number(match, "s"));
        return Zone().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
    }

    private static double Number(Match match, string unit) => match.Groups[unit] is { Success: true } group ? double.Parse(group.Value, CultureInfo.InvariantCulture) : 0;

    // As kubectl takes them, and days; four digits keep the time within what clocks can show.
    [GeneratedRegex("^((?<d>[0-9]{1,4})d)?((?<h>[0-9]{1,5})h)?((?<m>[0-9]{1,6})m)?((?<s>[0-9]{1,8})s)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Duration();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})$", RegexOptions.CultureInvariant)]
    private static partial Regex Zone();
}

/// <summary>What of a log is asked for.</summary>
internal sealed record LogRequest
{
    public required string MediaType { get; init; }

    public required LogWish Wish { get; init; }

    public bool Follow { get; init; }

    public int? Tail { get; init; }

    public DateTimeOffset? From { get; init; }

    public bool Timestamps { get; init; }

    /// <summary>Whether a refusal may speak of pods: to whoever may list them.</summary>
    public bool MayNamePods { get; init; }

    /// <summary>Since when the cluster is asked: it knows only seconds.</summary>
    public string? Since => From?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>The last line that the caller has.</summary>
    public LogMark? Mark { get; init; }
}
