using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gateway.Core.Manifests;
using Gateway.Core.Manifests.Companions;
using Gateway.Core.Manifests.Paths;
using Gateway.Core.Scheduling;
using Gateway.Core.Workloads;
using k8s;
using k8s.Models;
using Xunit;

namespace Gateway.Core.Tests.Manifests.Paths;

/// <summary>All that the stories make: whatever the cluster names of it, the caller asked for it somewhere.</summary>
public sealed partial class EveryPathTests
{
    // What the gateway, its operator or the object's kind decide: no field of a submission can mend it.
    private static readonly string[] NobodysFields =
    [
        "apiVersion",
        "kind",
        "metadata.namespace",
        "metadata.labels[app.kubernetes.io/managed-by]",
        "metadata.annotations[workload-gateway.io/submitted-by]",
        "spec.template.spec.schedulerName",
        "spec.clusterIP",
        "Service metadata.labels",
        "Ingress metadata.labels",
    ];

    private static readonly Placement Placement = new() { Namespace = "n", Queue = "q", Dialect = SchedulerDialect.RunAi, SubmittedBy = "jane", DefaultUser = "jane" };

    private static readonly WorkloadDefaults Defaults = new() { IngressClass = "nginx", IngressHost = "{name}-{port}.example.org" };

    public static TheoryData<string> Stories => [.. Directory.EnumerateDirectories(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Cases");

    [Theory]
    [MemberData(nameof(Stories))]
    public void EveryField_OfWhatAStoryMakes_IsAFieldOfTheSubmission(string story)
    {
        var submission = JsonSerializer.Deserialize<WorkloadSubmission>(File.ReadAllText(Path.Combine(Folder, story, "request.json")), WorkloadJson.Options)!;
        foreach (var expose in new[] { submission.Expose, submission.Ports.Count > 0 ? Exposure.Ingress : submission.Expose })
            AssertAllAreFields(submission with { Expose = expose });
    }

    private static void AssertAllAreFields(WorkloadSubmission submission)
    {
        IKubernetesObject<V1ObjectMeta>[] made = [submission.ToManifest(Placement, Defaults), .. submission.ToCompanions(Placement, Defaults, owner: null)];
        var unknown = from one in made
                      from field in Fields(JsonNode.Parse(KubernetesJson.Serialize((object)one))!, "")
                      where !NobodysFields.Contains(field) && !NobodysFields.Contains($"{one.Kind} {field}")
                      let path = CallersPath.Of(submission, one.Kind, one.Metadata.Name, field)
                      where !IsField(typeof(WorkloadSubmission), path.Split('.'))
                      select $"{one.Kind} {field} is {path}";
        Assert.Empty(unknown);
    }

    // Every object, array and value, by its path as the server writes it: keys of maps in brackets.
    private static IEnumerable<string> Fields(JsonNode node, string path) =>
    [
        .. IsWhole(path) ? Array.Empty<string>() : [path],
        .. node is JsonObject entries ? entries.SelectMany(entry => Fields(entry.Value!, IsMap(path) ? $"{path}[{entry.Key}]" : path == "" ? entry.Key : $"{path}.{entry.Key}")) : [],
        .. node is JsonArray items ? items.SelectMany((item, index) => Fields(item!, $"{path}[{index}]")) : [],
    ];

    // The server never complains about a whole of this kind.
    private static bool IsWhole(string path) => Whole().IsMatch(path);

    private static bool IsMap(string path) => Map().IsMatch(path);

    private static bool IsField(Type type, string[] path)
    {
        if (path is [])
            return true;
        var (name, items) = (path[0].Split('[')[0], path[0].Count(c => c == '['));
        var property = Array.Find(type.GetProperties(), property => JsonNamingPolicy.CamelCase.ConvertName(property.Name) == name);
        return property is not null && (items == 0
            ? path is [_] || !typeof(IEnumerable).IsAssignableFrom(property.PropertyType) && IsField(property.PropertyType, path[1..])
            : property.PropertyType.IsGenericType && IsField(property.PropertyType.GetGenericArguments()[^1], path[1..]));
    }

    [GeneratedRegex(@"(labels|annotations|nodeSelector|limits|requests|matchLabels|selector)$")]
    private static partial Regex Map();

    [GeneratedRegex(@"^(|metadata|spec|spec\.template|spec\.template\.metadata|spec\.template\.spec(|\.containers|\.containers\[0\]|\.containers\[0\]\.resources|\.initContainers|\.affinity|\.affinity\.(node|pod)Affinity))$")]
    private static partial Regex Whole();
}
