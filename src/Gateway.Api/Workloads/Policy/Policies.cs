using Microsoft.Extensions.Options;

namespace Gateway.Api.Workloads.Policy;

/// <summary>The policy of each project. A setting of a project stands instead of the common one of that name, lists included.</summary>
internal sealed class Policies
{
    private const string Projects = "Projects";
    private readonly PolicyOptions _common;
    private readonly Dictionary<string, PolicyOptions> _byProject;

    public Policies(IConfiguration configuration)
    {
        var section = configuration.GetSection(PolicyOptions.Section);
        _common = Read(section, project: null);
        // Two projects whose names differ by case cannot be told apart in settings.
        _byProject = section.GetSection(Projects).GetChildren().ToDictionary(project => project.Key, project => Read(section, project), StringComparer.OrdinalIgnoreCase);
        Require(_common, section.Path);
        foreach (var (project, policy) in _byProject)
            Require(policy, $"{section.Path}:{Projects}:{project}");
    }

    public PolicyOptions Of(string project) => _byProject.GetValueOrDefault(project, _common);

    // What depends on the policies of other projects too: all share the nodes.
    private void Require(PolicyOptions policy, string path)
    {
        if (policy.PathProblems([_common, .. _byProject.Values]).FirstOrDefault() is { } problem)
            throw Stop($"{path}:{problem}");
    }

    private static PolicyOptions Read(IConfigurationSection common, IConfigurationSection? project)
    {
        var own = project?.GetChildren().ToList() ?? [];
        var kept = common.GetChildren().Where(setting => !Is(setting.Key, Projects) && !own.Any(other => Is(other.Key, setting.Key)));
        return Bind([.. kept, .. own], project?.Path ?? common.Path);
    }

    private static PolicyOptions Bind(List<IConfigurationSection> settings, string path)
    {
        var flat = settings.SelectMany(setting => setting.AsEnumerable().Select(entry => KeyValuePair.Create(setting.Key + entry.Key[setting.Path.Length..], entry.Value)));
        try
        {
            var policy = new PolicyOptions();
            // A misspelt rule must not be a rule that is not there.
            new ConfigurationBuilder().AddInMemoryCollection(flat).Build().Bind(policy, options => options.ErrorOnUnknownConfiguration = true);
            return policy.Problems().FirstOrDefault() is { } problem ? throw Stop($"{path}:{problem}") : policy;
        }
        catch (InvalidOperationException e)
        {
            // Of a setting inside another the cause tells which.
            throw Stop($"{path}: {(e.InnerException as InvalidOperationException ?? e).Message}");
        }
    }

    private static bool Is(string key, string other) => key.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static OptionsValidationException Stop(string reason) => new(PolicyOptions.Section, typeof(PolicyOptions), [reason]);
}
