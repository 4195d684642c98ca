using Gateway.Api.Errors;
using Gateway.Core.Manifests;
using Gateway.Core.Scheduling;
using Gateway.Core.Workloads;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Workloads.Policy;

/// <summary>What the operator's settings make of a submission, before the cluster is asked.</summary>
internal sealed class Admission(Policies policies, SchedulerDialect dialect, WorkloadDefaults defaults, IOptions<IdempotencyOptions> idempotency)
{
    private const string PriorityClass = "scheduling.priorityClass";

    /// <summary>The submission with the operator's defaults where it says nothing, and within the paths of nodes that are allowed. Ends the request with 422 when that can never run.</summary>
    public WorkloadSubmission Complete(string project, WorkloadSubmission asked, string? key)
    {
        var own = policies.Of(project).Defaults.GetValueOrDefault(asked.Type!);
        var completed = asked.Or(own);
        if (dialect.Defaults.GetValueOrDefault(asked.Type!) is { } scheduling)
            completed = completed.Scheduling is null ? completed with { Scheduling = scheduling } : completed.Or(new() { Scheduling = scheduling });
        if (key is not null && asked.TtlSecondsAfterFinished is null)
            completed = Keep(completed, (int)idempotency.Value.Retention.TotalSeconds);
        // By now there is a name, made from the prefix where there was one.
        if (completed.NamePrefix is not null)
            completed = completed with { NamePrefix = null };
        // The caller's own words were looked at before, and the scheduler's defaults alone are good since the start.
        if (own is not null || asked.Scheduling is not null)
            completed.Validate(idempotency.Value, defaults, key);
        if (completed.Labels.Keys.FirstOrDefault(dialect.Labels.Contains) is { } taken)
            throw Invalid("labels", $"must not have {taken}, which is reserved");
        return policies.Of(project).Confine(completed);
    }

    /// <summary>Ends the request with 422 when the scheduler has no such priority class, and with 403 when the policy forbids something, naming every rule that does.</summary>
    public void Require(string project, WorkloadSubmission completed)
    {
        if (completed.Scheduling?.PriorityClass is { } name && !dialect.PriorityClasses.Contains(name))
            throw Invalid(PriorityClass, $"must be {string.Join(" or ", dialect.PriorityClasses)}");
        var violations = policies.Of(project).Violations(WorkloadJson.ToObject(completed));
        if (violations.Count > 0)
            throw new ProblemException(ProblemTypes.PolicyDenied.With(Sentence(violations)) with { Errors = ByPath(violations) });
    }

    // A default is shorter than the guarantee of a key only by mistake.
    private static WorkloadSubmission Keep(WorkloadSubmission completed, int seconds) =>
        completed.TtlSecondsAfterFinished < seconds ? completed with { TtlSecondsAfterFinished = seconds } : completed;

    private static ProblemException Invalid(string path, string message) =>
        new(ProblemTypes.InvalidWorkload.With($"{path} {message}.") with { Errors = new Dictionary<string, string[]> { [path] = [message] } });

    private static string Sentence(IReadOnlyList<Violation> violations) =>
        $"{violations[0].Path} {violations[0].Message}: {Rule(violations[0])}{(violations.Count > 1 ? $" ({violations.Count - 1} more in errors)" : "")}.";

    private static Dictionary<string, string[]> ByPath(IReadOnlyList<Violation> violations) =>
        violations.GroupBy(violation => violation.Path, violation => $"{violation.Message}: {Rule(violation)}").ToDictionary(field => field.Key, field => field.ToArray());

    private static string Rule(Violation violation) => $"the operator's rule {PolicyOptions.Section}:{violation.Setting}";
}
