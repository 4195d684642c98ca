using System.ComponentModel;
using Gateway.Api.Auditing;
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
        ProjectAccess access, [AsParameters] SubmitParameters parameters, WorkloadSubmission submission, HttpRequest request, Submissions submissions, TimeProvider time, CancellationToken cancellationToken)
    {
        request.HttpContext.Features.Set(submission);
        if (parameters.DryRun == true)
            request.HttpContext.Features.Set(new AuditedAction(AuditedAction.Try));
        var key = parameters.Key(request);
        var project = access.Project;
        submission = await submissions.PrepareAsync(access, submission, key, cancellationToken);
        if (parameters.DryRun == true)
            return new(StatusCodes.Status200OK, (await submissions.TryAsync(access, submission, key: null, cancellationToken)).ToPlan(project.Name, request.PathBase), time.GetUtcNow());
        var (observed, replayed) = await submissions.SubmitAsync(access, submission, key, cancellationToken);
        var workload = observed.ToWorkload(project.Name, request.PathBase);
        return new(replayed ? StatusCodes.Status200OK : StatusCodes.Status201Created, workload, time.GetUtcNow()) { Location = workload.Links.Self, Replayed = replayed };
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
    public string? Key(HttpRequest request) => request.Headers["Idempotency-Key"].Count > 1
        ? throw Query.Refuse("Idempotency-Key", "is given more than once")
        : IdempotencyKeys.Read(IdempotencyKey, "Idempotency-Key");
}

/// <summary>What can be an idempotency key.</summary>
internal static class IdempotencyKeys
{
    /// <summary>The key without quotes around it, or 400 for the parameter or header where it is none; null stays null.</summary>
    public static string? Read(string? text, string where)
    {
        var key = text is ['"', .. var quoted, '"'] ? quoted : text;
        return key is null || (key.Length is >= 1 and <= 255 && key.All(c => c is >= '!' and <= '~'))
            ? key
            : throw Query.Refuse(where, "must be 1 to 255 visible ASCII characters");
    }
}
