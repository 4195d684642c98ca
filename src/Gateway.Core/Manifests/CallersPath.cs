using System.Text.RegularExpressions;
using Gateway.Core.Scheduling;

namespace Gateway.Core.Manifests;

/// <summary>From a field of the object to the field of the submission that it was made from.</summary>
public static partial class CallersPath
{
    private const string Limit = $"resources.limits[{GpuKeys.Count}]";
    private const string Request = $"resources.requests[{GpuKeys.Count}]";

    /// <summary>
    /// The caller's path for what the cluster names in its own terms: `spec.template.spec.containers[0].image` is `image`. What no
    /// field of the submission decides keeps the cluster's name.
    /// </summary>
    public static string Of(string field)
    {
        var ofContainer = Container().Match(field);
        return (ofContainer.Success ? ofContainer.Groups["rest"].Value : field) switch
        {
            "metadata.name" or "name" => "name",
            Limit or Request => "gpu.count",
            var rest when ofContainer.Success => rest,
            _ => SchedulingPath.Of(field) ?? field,
        };
    }

    // A pod of its own, as in a dry run, has no template around its containers.
    [GeneratedRegex(@"^(spec\.template\.)?spec\.containers\[0\]\.(?<rest>.+)$")]
    private static partial Regex Container();
}
