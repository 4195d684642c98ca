using Gateway.Api.Access;
using Gateway.Api.Errors;
using Gateway.Api.Identity;
using Gateway.Core.Workloads;

namespace Gateway.Api.Projects;

/// <summary>A project as one caller reaches it, who may read something there.</summary>
internal sealed class ProjectAccess
{
    private readonly AccessReviews _reviews;

    private ProjectAccess(Project project, Caller caller, AccessReviews reviews) => (Project, Caller, _reviews, ShareKey) = (project, caller, reviews, caller.Username);

    public Project Project { get; }

    public Caller Caller { get; }

    /// <summary>Under what the caller is counted, where each has a share of the project.</summary>
    public string ShareKey { get; private set; }

    /// <summary>
    /// Binds a handler's parameter to the project that the path names. A project that is not there and one that the caller may not
    /// read end the request alike, with 404.
    /// </summary>
    public static async ValueTask<ProjectAccess?> BindAsync(HttpContext context)
    {
        var directory = context.RequestServices.GetRequiredService<ProjectDirectory>();
        var (reviews, caller) = (context.RequestServices.GetRequiredService<AccessReviews>(), context.Features.Get<Caller>()!);
        var found = await directory.FindAsync($"{context.GetRouteValue(Project.RouteParameter)}", context.RequestAborted);
        List<ProjectAccess> readable = [];
        foreach (var project in found)
        {
            if (await TryAsync(project, caller, reviews, context.RequestAborted) is { } access)
                readable.Add(access);
        }
        if (readable.Count > 0)
            Count(context, readable[0]);
        return readable.Count == 0 ? throw new ProblemException(ProblemTypes.ProjectNotFound.With("There is no project of that name, or none that the caller may read."))
            : found.Count == 1 ? Bound(context, readable[0])
            : throw new ProblemException(ProblemTypes.AmbiguousProject.With("More than one namespace has this project's name as its label. The gateway's log names them for the operator."));
    }

    /// <summary>The project as this caller reaches it; null when the caller may not read it.</summary>
    public static async Task<ProjectAccess?> TryAsync(Project project, Caller caller, AccessReviews reviews, CancellationToken cancellationToken)
    {
        var access = new ProjectAccess(project, caller, reviews);
        return await access.MayReadAsync(cancellationToken) ? access : null;
    }

    public ValueTask<bool> MayAsync(Right right, CancellationToken cancellationToken) => _reviews.MayAsync(Caller, Project.Namespace, right, cancellationToken);

    /// <summary>Ends the request with 403 when the caller may not do this here.</summary>
    public async Task RequireAsync(Right right, CancellationToken cancellationToken)
    {
        if (!await MayAsync(right, cancellationToken))
            throw Refusal([right]);
    }

    /// <summary>The types of workloads on which the caller may do this here; only that one when a type is given. Ends the request with 403 when there is none.</summary>
    public async Task<IReadOnlyList<string>> RequireTypesAsync(string verb, string? type, CancellationToken cancellationToken)
    {
        var wanted = type is null ? WorkloadType.All : [type];
        var allowed = await TypesAsync(verb, wanted, cancellationToken);
        return allowed.Count > 0 ? allowed : throw Refusal(wanted.Select(one => Right.On(verb, one)));
    }

    /// <summary>The types of workloads, of those given, on which the caller may do this here.</summary>
    public async Task<IReadOnlyList<string>> TypesAsync(string verb, IEnumerable<string> types, CancellationToken cancellationToken)
    {
        List<string> allowed = [];
        foreach (var type in types)
        {
            if (await MayAsync(Right.On(verb, type), cancellationToken))
                allowed.Add(type);
        }
        return allowed;
    }

    /// <summary>403, for rights of which the caller has none.</summary>
    public ProblemException Refusal(IEnumerable<Right> rights) =>
        new(ProblemTypes.Forbidden.With($"{Caller.Username} may not {string.Join(" or ", rights)} in the project {Project.Name}."));

    // Others, the count of submissions for one, tell which project it was.
    private static ProjectAccess Bound(HttpContext context, ProjectAccess access)
    {
        context.Features.Set(access.Project);
        return access;
    }

    private static void Count(HttpContext context, ProjectAccess access)
    {
        access.ShareKey = CallerKey.Of(context) ?? access.ShareKey;
        context.RequestServices.GetRequiredService<ProjectRate>().Require(access);
    }

    private async Task<bool> MayReadAsync(CancellationToken cancellationToken)
    {
        foreach (var right in Right.Reading)
        {
            if (await MayAsync(right, cancellationToken))
                return true;
        }
        return false;
    }
}
