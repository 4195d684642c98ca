using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Controllers.Jobs;

/// <summary>What a Job's status says.</summary>
internal sealed record JobStatus
{
    public ImmutableArray<JobCondition> Conditions { get; init; } = [];
    public string? StartTime { get; init; }
    public string? CompletionTime { get; init; }
    public long Active { get; init; }
    public long Succeeded { get; init; }
    public long Failed { get; init; }
    public long Terminating { get; init; }
    public string? CompletedIndexes { get; init; }
    public string? FailedIndexes { get; init; }

    /// <summary>The uids of ended pods that are not in the counts yet, for as long as their finalizers are being removed.</summary>
    public ImmutableArray<string> UncountedSucceeded { get; init; } = [];

    public ImmutableArray<string> UncountedFailed { get; init; } = [];
    public long Ready { get; init; }

    public bool Finished => Is("Complete") || Is("Failed");

    public bool Is(string type) => Find(type) is { Status: "True" };

    public JobCondition? Find(string type) => Conditions.FirstOrDefault(condition => condition.Type == type);

    /// <summary>The same with a condition; one of its type that stood otherwise is replaced.</summary>
    public JobStatus With(JobCondition condition) => Find(condition.Type) switch
    {
        null => this with { Conditions = Conditions.Add(condition) },
        { } standing when standing.Status == condition.Status => this,
        { } standing => this with { Conditions = Conditions.Replace(standing, condition) },
    };

    public static JobStatus From(JsonObject status) => new()
    {
        Conditions = [.. status.Items("conditions").Select(JobCondition.From)],
        StartTime = status.Text("startTime"),
        CompletionTime = status.Text("completionTime"),
        Active = status.Number("active") ?? 0,
        Succeeded = status.Number("succeeded") ?? 0,
        Failed = status.Number("failed") ?? 0,
        Terminating = status.Number("terminating") ?? 0,
        CompletedIndexes = status.Text("completedIndexes"),
        FailedIndexes = status.Text("failedIndexes"),
        UncountedSucceeded = [.. (status["uncountedTerminatedPods"] as JsonObject)?.Texts("succeeded") ?? []],
        UncountedFailed = [.. (status["uncountedTerminatedPods"] as JsonObject)?.Texts("failed") ?? []],
        Ready = status.Number("ready") ?? 0,
    };

    public JsonObject ToJson()
    {
        var status = new JsonObject();
        if (Conditions.Length > 0) status["conditions"] = new JsonArray([.. Conditions.Select(condition => condition.ToJson())]);
        if (StartTime is not null) status["startTime"] = StartTime;
        if (CompletionTime is not null) status["completionTime"] = CompletionTime;
        if (Active > 0) status["active"] = Active;
        if (Succeeded > 0) status["succeeded"] = Succeeded;
        if (Failed > 0) status["failed"] = Failed;
        status["terminating"] = Terminating;
        if (!string.IsNullOrEmpty(CompletedIndexes)) status["completedIndexes"] = CompletedIndexes;
        if (FailedIndexes is not null) status["failedIndexes"] = FailedIndexes;
        status["uncountedTerminatedPods"] = Uncounted();
        status["ready"] = Ready;
        return status;
    }

    private JsonObject Uncounted()
    {
        var uncounted = new JsonObject();
        if (UncountedSucceeded.Length > 0) uncounted["succeeded"] = Texts(UncountedSucceeded);
        if (UncountedFailed.Length > 0) uncounted["failed"] = Texts(UncountedFailed);
        return uncounted;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}

/// <summary>One condition of a Job.</summary>
internal sealed record JobCondition(string Type, string Status, string Reason, string Message, string Time)
{
    public static JobCondition From(JsonObject condition) =>
        new(condition.Text("type")!, condition.Text("status")!, condition.Text("reason") ?? "", condition.Text("message") ?? "", condition.Text("lastTransitionTime") ?? "");

    public JsonObject ToJson() => new()
    {
        ["type"] = Type,
        ["status"] = Status,
        ["lastProbeTime"] = Time,
        ["lastTransitionTime"] = Time,
        ["reason"] = Reason,
        ["message"] = Message,
    };
}
