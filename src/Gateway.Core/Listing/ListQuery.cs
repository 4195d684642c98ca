using System.Text.Json.Serialization;

namespace Gateway.Core.Listing;

/// <summary>Which workloads, in which order, and how many at once.</summary>
public sealed record ListQuery
{
    /// <summary>The orders that a list can have; `-` before one means descending.</summary>
    public static IReadOnlyList<string> Sorts { get; } = ["createdAt", "name", "phase", "-createdAt", "-name", "-phase"];

    /// <summary>Only of this type.</summary>
    public string? Type { get; init; }

    /// <summary>Only in one of these phases; any when empty.</summary>
    public IReadOnlyList<string> Phases { get; init; } = [];

    /// <summary>Only of this user.</summary>
    public string? User { get; init; }

    /// <summary>Only names that contain this.</summary>
    public string? Search { get; init; }

    /// <summary>Only those with such labels. Its text belongs into <see cref="Scope"/>.</summary>
    [JsonIgnore]
    public LabelSelector? Labels { get; init; }

    /// <summary>One of <see cref="Sorts"/>.</summary>
    public string Sort { get; init; } = "-createdAt";

    /// <summary>How many at most on one page.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>What else the list was asked for with, so that a continue token of another list is recognised.</summary>
    public IReadOnlyList<string> Scope { get; init; } = [];
}
