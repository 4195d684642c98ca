using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Gateway.Api.Workloads;

/// <summary>Which workload of a project is meant.</summary>
internal sealed record WorkloadAddress
{
    [Description("The workload's name.")]
    [FromRoute(Name = "name")]
    public required string Name { get; init; }

    [Description("Its type, needed where both types have a workload of the name.")]
    [FromQuery(Name = "type")]
    public string? Type { get; init; }

    [Description("Its uid: an object of that name with another uid is 412, and nothing is done, so that a late call never meets the next attempt.")]
    [FromQuery(Name = "uid")]
    public string? Uid { get; init; }
}
