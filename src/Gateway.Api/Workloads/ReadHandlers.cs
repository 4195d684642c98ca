using System.ComponentModel;
using Gateway.Api.Auditing;
using Gateway.Api.Cluster;
using Gateway.Api.Errors;
using Gateway.Api.Projects;
using Gateway.Core.Listing;
using Gateway.Core.Manifests;
using Gateway.Core.Status;
using k8s;
using Microsoft.AspNetCore.Mvc;

namespace Gateway.Api.Workloads;

/// <summary>What reads workloads.</summary>
internal static class ReadHandlers
{
    private const string Yaml = "application/yaml";
    private const string Json = "application/json";

    public static async Task<WorkloadAnswer> ListWorkloads(
        ProjectAccess access, [AsParameters] WorkloadListParameters parameters, HttpRequest request, ClusterObserver observer, TimeProvider time, CancellationToken cancellationToken)
    {
        var (project, query) = (access.Project, parameters.ToQuery(access.Project));
        var types = await access.RequireTypesAsync("list", parameters.Type, cancellationToken);
        var observedAt = time.GetUtcNow();
        var observed = await observer.ListAsync(project, parameters.LabelSelector, cancellationToken);
        var page = parameters.Filter(observed).Where(one => types.Contains(one.Owner.Type())).Select(one => one.ToWorkload(project.Name, request.PathBase)).Page(query, parameters.Continue)
            ?? throw Query.Refuse("continue", "is not a token of this list: the filters and the order must be those of the page that it came from");
        return new(StatusCodes.Status200OK, page, observedAt);
    }

    public static async Task<WorkloadAnswer> GetWorkload(
        ProjectAccess access, [AsParameters] WorkloadAddress address, HttpRequest request, WorkloadFinder finder, CancellationToken cancellationToken)
    {
        var (observed, observedAt) = await finder.ObserveAsync(access, "get", address, cancellationToken);
        return new(StatusCodes.Status200OK, observed.ToWorkload(access.Project.Name, request.PathBase), observedAt);
    }

    public static async Task<IResult> GetManifest(
        ProjectAccess access,
        [AsParameters] WorkloadAddress address,
        [FromQuery(Name = "values")][Description("With `true` environment values are shown. It takes the right to update the object, and is audited.")] bool? values,
        HttpRequest request,
        WorkloadFinder finder,
        CancellationToken cancellationToken)
    {
        if (values == true)
            request.HttpContext.Features.Set(new AuditedAction("read values"));
        var manifest = (await finder.FindAsync(access, values == true ? "update" : "get", address, cancellationToken)).ToPortable(values == true);
        request.HttpContext.Response.Headers.Vary = "Accept";
        return request.Prefer(Yaml, Json) switch
        {
            Json => Results.Content(KubernetesJson.Serialize(manifest), $"{Json}; charset=utf-8"),
            Yaml => Results.Content(ManifestYaml.Write(manifest), $"{Yaml}; charset=utf-8"),
            _ => throw new ProblemException(ProblemTypes.NotAcceptable.With($"A manifest comes as {Yaml} or {Json}.")),
        };
    }
}
