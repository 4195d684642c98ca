using System.Text.Json;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads.Policy;

/// <summary>A field that the policy refuses, and the setting that does.</summary>
internal sealed record Violation(string Path, string Setting, string Message);

/// <summary>The policy's rules. Each looks at the submission after defaults, and at nothing else.</summary>
internal static class PolicyRules
{
    private static readonly Func<WorkloadSubmission, PolicyOptions, IEnumerable<Violation>>[] All = [Image, Gpus, Required];

    /// <summary>Everything that the policy refuses; nothing when it allows the submission.</summary>
    public static IReadOnlyList<Violation> Violations(this PolicyOptions policy, WorkloadSubmission submission) => [.. All.SelectMany(rule => rule(submission, policy))];

    private static IEnumerable<Violation> Image(WorkloadSubmission submission, PolicyOptions policy)
    {
        if (policy.ImageRegistries.Count > 0 && !policy.ImageRegistries.Any(place => ImageName.OfImage(submission.Image!).IsIn(ImageName.Of(place))))
            yield return new("image", nameof(policy.ImageRegistries), $"must come from {string.Join(" or ", policy.ImageRegistries)}");
    }

    private static IEnumerable<Violation> Gpus(WorkloadSubmission submission, PolicyOptions policy)
    {
        if (submission.Gpu?.Count > policy.MaxGpus)
            yield return new("gpu.count", nameof(policy.MaxGpus), $"must be at most {policy.MaxGpus}");
    }

    private static IEnumerable<Violation> Required(WorkloadSubmission submission, PolicyOptions policy)
    {
        var given = policy.Required.Count == 0 ? null : JsonSerializer.SerializeToNode(submission, WorkloadJson.Options);
        return from path in policy.Required where !given.Says(path) select new Violation(path, nameof(policy.Required), "is required");
    }
}
