using Gateway.Core.Scheduling;

namespace Gateway.Api.Projects;

/// <summary>What makes a namespace a project.</summary>
internal sealed class ProjectOptions
{
    public const string Section = "Projects";

    /// <summary>The namespace label whose value is the project's name.</summary>
    public string Label { get; set; } = SchedulerDialect.RunAi.ProjectLabel;
}
