using System.ComponentModel;
using Gateway.Api.Access;
using Gateway.Api.Errors;
using Gateway.Api.Identity;
using Gateway.Core.Listing;
using Gateway.Core.Workloads;
using Microsoft.AspNetCore.Mvc;

namespace Gateway.Api.Projects;

/// <summary>What reads projects, and says what callers may do there.</summary>
internal static class ProjectHandlers
{
    private const int AtOnce = 16;
    private const int MostProjects = 20;

    private static readonly (string Action, string Verb)[] Verbs = [("read", "get"), ("submit", "create"), ("suspend", "patch"), ("delete", "delete")];

    public static async Task<IResult> ListProjects(
        Caller caller, [AsParameters] ProjectListParameters parameters, ProjectDirectory directory, AccessReviews reviews, CancellationToken cancellationToken)
    {
        var limit = parameters.ReadLimit();
        var projects = await directory.AllAsync(cancellationToken);
        var readable = new bool[projects.Count];
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, projects.Count, atOnce, async (i, token) =>
            readable[i] = await ProjectAccess.TryAsync(projects[i], caller, reviews, token) is not null);
        var entries = projects.Where((_, i) => readable[i]).Select(project => new ProjectEntry { Name = project.Name, Namespace = project.Namespace }).ToList();
        return Results.Json(entries.Page(limit, parameters.Continue) ?? throw Query.Refuse("continue", "is not a token of this list"), WorkloadJson.Options);
    }

    public static async Task<IResult> GetCaller(
        Caller caller,
        [FromQuery(Name = "project")][Description("A project to say the caller's actions of. Repeat it for up to 20.")] string[]? project,
        ProjectDirectory directory,
        AccessReviews reviews,
        CancellationToken cancellationToken)
    {
        var names = (project ?? []).Distinct().ToList();
        if (names.Count > MostProjects)
            throw Query.Refuse("project", $"can be given {MostProjects} times at most");
        List<ProjectActions> actions = [];
        foreach (var name in names)
            actions.Add(new() { Name = name, Actions = await ActionsAsync(name, caller, directory, reviews, cancellationToken) });
        var answer = new CallerAnswer { Username = caller.Username, Groups = caller.Groups, Mode = $"{caller.Mode}", Projects = names.Count == 0 ? null : actions };
        return Results.Json(answer, WorkloadJson.Options);
    }

    private static async Task<IReadOnlyList<string>> ActionsAsync(string name, Caller caller, ProjectDirectory directory, AccessReviews reviews, CancellationToken cancellationToken)
    {
        if (await directory.FindAsync(name, cancellationToken) is not [var project] || await ProjectAccess.TryAsync(project, caller, reviews, cancellationToken) is not { } access)
            return [];
        List<string> actions = [];
        foreach (var (action, verb) in Verbs)
        {
            var types = await access.TypesAsync(verb, WorkloadType.All, cancellationToken);
            actions.AddRange(types.Count == WorkloadType.All.Count ? [action] : types.Select(type => $"{action}:{type}"));
        }
        if (await access.MayAsync(Right.Logs, cancellationToken))
            actions.Add("logs");
        return actions;
    }
}

/// <summary>What a list of projects can be asked for.</summary>
internal sealed record ProjectListParameters
{
    private const int LargestPage = 500;

    [Description("How many at most on one page: 1 or more, 50 when left out. More than 500 is taken as 500.")]
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }

    [Description("The `continue` of the page before.")]
    [FromQuery(Name = "continue")]
    public string? Continue { get; init; }

    /// <summary>The size of a page, or 400 where it makes no sense.</summary>
    public int ReadLimit() => Limit < 1 ? throw Query.Refuse("limit", "must be 1 or more") : Math.Min(Limit ?? 50, LargestPage);
}
