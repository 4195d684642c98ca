using System.ComponentModel;
using Gateway.Api.Errors;
using Gateway.Api.Projects;
using Gateway.Core.Status;
using Gateway.Core.Workloads;
using Microsoft.AspNetCore.Mvc;

namespace Gateway.Api.Workloads;

/// <summary>What submits workloads.</summary>
internal static class SubmitHandler
{
    public static async Task<WorkloadAnswer> SubmitWorkload(
        Project project, [AsParameters] SubmitParameters parameters, WorkloadSubmission submission, HttpRequest request, Submissions submissions, TimeProvider time, CancellationToken cancellationToken)
    {
        submission.Validate();
        var observedAt = time.GetUtcNow();
        if (parameters.DryRun == true)
            return new(StatusCodes.Status200OK, (await submissions.TryAsync(project, submission, cancellationToken)).ToPlan(project.Name, request.PathBase), observedAt);
        var (observed, replayed) = await submissions.SubmitAsync(project, submission, parameters.Key(), cancellationToken);
        var workload = observed.ToWorkload(project.Name, request.PathBase);
        return new(replayed ? StatusCodes.Status200OK : StatusCodes.Status201Created, workload, observedAt) { Location = workload.Links.Self, Replayed = replayed };
    }
}

/// <summary>How a submission is to be taken.</summary>
internal sealed record SubmitParameters
{
    [Description("With `true` everything is checked, by the cluster too, and nothing is stored.")]
    [FromQuery(Name = "dryRun")]
    public bool? DryRun { get; init; }

    [Description("A text of the caller's own, 1 to 255 visible characters, one for each attempt. Sent again with the same body it answers with the same workload, however often: nothing is submitted twice.")]
    [FromHeader(Name = "Idempotency-Key")]
    public string? IdempotencyKey { get; init; }

    /// <summary>The key without quotes around it; null when there is none.</summary>
    public string? Key()
    {
        var key = IdempotencyKey is ['"', .. var quoted, '"'] ? quoted : IdempotencyKey;
        return key is null || (key.Length is >= 1 and <= 255 && key.All(c => c is >= '!' and <= '~'))
            ? key
            : throw Query.Refuse("Idempotency-Key", "must be 1 to 255 visible ASCII characters");
    }
}
