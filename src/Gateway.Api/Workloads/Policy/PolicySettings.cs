using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads.Policy;

/// <summary>What is wrong with a policy as it was set, found at start.</summary>
internal static class PolicySettings
{
    private static readonly WorkloadSubmissionValidator Validator = new();

    // What defaults leave to the caller they cannot break.
    private static readonly string[] OfTheCaller = [nameof(PolicyOptions.Required), nameof(PolicyOptions.RequireNonRoot), nameof(PolicyOptions.ImageRegistries)];

    /// <summary>Each wrong setting, beginning with its name below that of the policy.</summary>
    public static IEnumerable<string> Problems(this PolicyOptions policy) =>
    [
        .. from place in policy.ImageRegistries where place.Trim('/').Length == 0 select "ImageRegistries must not have an empty entry.",
        .. policy.MaxGpus < 0 ? ["MaxGpus must be 0 or more."] : Array.Empty<string>(),
        .. from resource in policy.GpuResources
           where resource.Split('/') is not [{ Length: > 0 }, { Length: > 0 }]
           select $"GpuResources must be names of resources, such as amd.com/gpu, not {resource}.",
        .. from entry in policy.HostPaths
           where HostPath.Parse(entry) is null
           select $"HostPaths must be absolute paths, followed by :rw where callers may write, not {entry}.",
        .. from prefix in policy.AnnotationPrefixes where prefix.Length == 0 select "AnnotationPrefixes must not have an empty entry.",
        .. policy.KeyProblems(),
        .. from path in policy.Required where path.Contains('[') || !SubmissionFields.Has(path) select $"Required names {path}, which is not a field of a submission.",
        .. policy.Projects.Count > 0 ? ["Projects must not stand within a project."] : Array.Empty<string>(),
        .. policy.Defaults.SelectMany(entry => Problems(policy, entry.Key, entry.Value)),
    ];

    private static IEnumerable<string> Problems(PolicyOptions policy, string type, WorkloadSubmission defaults)
    {
        if (!WorkloadType.All.Contains(type, StringComparer.OrdinalIgnoreCase))
            return [$"Defaults is by type: {string.Join(" or ", WorkloadType.All)}, not {type}."];
        if ((defaults.Type ?? defaults.Name ?? defaults.NamePrefix) is not null)
            return [$"Defaults:{type} cannot say type or name: they are the caller's."];
        var least = new WorkloadSubmission { Type = type.ToLowerInvariant(), Name = "a", Image = defaults.Image ?? "a", User = "a" }.Or(defaults);
        var allowed = policy.Violations(WorkloadJson.ToObject(least)).Where(violation => !OfTheCaller.Contains(violation.Setting));
        return
        [
            .. Validator.Validate(least).Errors.Select(error => $"Defaults:{type}:{error.PropertyName.Replace('.', ':')} {error.ErrorMessage}."),
            .. allowed.Select(violation => $"Defaults:{type}:{violation.Path.Replace('.', ':')} is against {violation.Setting}."),
        ];
    }
}
