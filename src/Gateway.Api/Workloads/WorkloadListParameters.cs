using System.ComponentModel;
using Gateway.Api.Errors;
using Gateway.Api.Projects;
using Gateway.Core.Listing;
using Gateway.Core.Workloads;
using Microsoft.AspNetCore.Mvc;

namespace Gateway.Api.Workloads;

/// <summary>What a list can be asked for.</summary>
internal sealed record WorkloadListParameters
{
    private const int LargestPage = 500;

    [Description("Only of this type: `train` or `build`.")]
    [FromQuery(Name = "type")]
    public string? Type { get; init; }

    [Description("Only in this phase. Repeat it for several.")]
    [FromQuery(Name = "phase")]
    public string[]? Phase { get; init; }

    [Description("Only of this user.")]
    [FromQuery(Name = "user")]
    public string? User { get; init; }

    [Description("Only names that contain this.")]
    [FromQuery(Name = "search")]
    public string? Search { get; init; }

    [Description("Only those whose labels match, in the syntax of `kubectl get -l`.")]
    [FromQuery(Name = "labelSelector")]
    public string? LabelSelector { get; init; }

    [Description("Only the one that was submitted with this idempotency key.")]
    [FromQuery(Name = "idempotencyKey")]
    public string? IdempotencyKey { get; init; }

    [Description("`createdAt`, `name` or `phase`, with `-` before it for descending. `-createdAt` when left out.")]
    [FromQuery(Name = "sort")]
    public string? Sort { get; init; }

    [Description("How many at most on one page: 1 or more, 50 when left out. More than 500 is taken as 500.")]
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }

    [Description("The `continue` of the page before, with the same filters and order.")]
    [FromQuery(Name = "continue")]
    public string? Continue { get; init; }

    /// <summary>The query, or 400 where it makes no sense.</summary>
    public ListQuery ToQuery(Project project)
    {
        if (Type is not null && !WorkloadType.All.Contains(Type))
            throw Query.Refuse("type", "must be train or build");
        if (Phase?.FirstOrDefault(phase => !Core.Status.Phase.All.Contains(phase)) is not null)
            throw Query.Refuse("phase", $"must be one of {string.Join(", ", Core.Status.Phase.All)}");
        if (Sort is not null && !ListQuery.Sorts.Contains(Sort))
            throw Query.Refuse("sort", $"must be one of {string.Join(", ", ListQuery.Sorts)}");
        if (Limit < 1)
            throw Query.Refuse("limit", "must be 1 or more");
        var labels = LabelSelector is null ? null : Core.Listing.LabelSelector.Parse(LabelSelector)
            ?? throw Query.Refuse("labelSelector", "must be a selector such as a=b,c!=d,e in (f,g),h notin (i),j,!k");
        return new()
        {
            Labels = labels,
            Type = Type,
            Phases = Phase ?? [],
            User = User,
            Search = Search,
            Sort = Sort ?? "-createdAt",
            Limit = Math.Min(Limit ?? 50, LargestPage),
            Scope = [project.Name, LabelSelector ?? "", IdempotencyKey ?? ""],
        };
    }

    /// <summary>The hash of the idempotency key that is asked for; null where none is.</summary>
    public string? KeyHash => IdempotencyKeys.Read(IdempotencyKey, "idempotencyKey") is { } key ? Fingerprint.OfKey(key) : null;

    /// <summary>400 for what makes no sense of a stream, which has no pages and no order.</summary>
    public void RequireStreamable()
    {
        if ((Sort ?? Continue) is not null || Limit is not null)
            throw Query.Refuse(Sort is not null ? "sort" : Limit is not null ? "limit" : "continue", "makes no sense for a stream");
    }
}
