using Gateway.Api.Cluster;
using Gateway.Api.Errors;
using Gateway.Api.Projects;
using Gateway.Core.Listing;
using Gateway.Core.Manifests;
using Gateway.Core.Status;
using k8s;
using Microsoft.Net.Http.Headers;

namespace Gateway.Api.Workloads;

/// <summary>What reads workloads.</summary>
internal static class ReadHandlers
{
    public static async Task<WorkloadAnswer> ListWorkloads(
        Project project, [AsParameters] WorkloadListParameters parameters, HttpRequest request, ClusterObserver observer, TimeProvider time, CancellationToken cancellationToken)
    {
        var query = parameters.ToQuery(project);
        var observedAt = time.GetUtcNow();
        var observed = await observer.ListAsync(project, parameters.LabelSelector, cancellationToken);
        var page = parameters.Filter(observed).Select(one => one.ToWorkload(project.Name, request.PathBase)).Page(query, parameters.Continue)
            ?? throw Query.Refuse("continue", "is not a token of this list: the filters and the order must be those of the page that it came from");
        return new(StatusCodes.Status200OK, page, observedAt);
    }

    public static async Task<WorkloadAnswer> GetWorkload(
        Project project, [AsParameters] WorkloadAddress address, HttpRequest request, WorkloadFinder finder, CancellationToken cancellationToken)
    {
        var (observed, observedAt) = await finder.ObserveAsync(project, address, cancellationToken);
        return new(StatusCodes.Status200OK, observed.ToWorkload(project.Name, request.PathBase), observedAt);
    }

    public static async Task<IResult> GetManifest(
        Project project, [AsParameters] WorkloadAddress address, HttpRequest request, WorkloadFinder finder, CancellationToken cancellationToken)
    {
        var manifest = (await finder.FindAsync(project, address, cancellationToken)).ToPortable();
        return Negotiate(request) switch
        {
            "application/json" => Results.Content(KubernetesJson.Serialize(manifest), "application/json; charset=utf-8"),
            "application/yaml" => Results.Content(KubernetesYaml.Serialize(manifest) + "\n", "application/yaml; charset=utf-8"),
            _ => throw new ProblemException(ProblemTypes.NotAcceptable.With("A manifest comes as application/yaml or application/json.")),
        };
    }

    // YAML unless JSON is preferred: https://www.rfc-editor.org/rfc/rfc9110#name-accept
    private static string? Negotiate(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        if (accepted.Count == 0)
            return "application/yaml";
        string[] offers = ["application/yaml", "application/json"];
        return (from offer in offers
                let quality = accepted.Where(new MediaTypeHeaderValue(offer).IsSubsetOf).Select(range => range.Quality ?? 1).DefaultIfEmpty(0).Max()
                where quality > 0
                orderby quality descending
                select offer).FirstOrDefault();
    }
}
