using System.ComponentModel;
using Gateway.Api.Auditing;
using Gateway.Api.Errors;
using Gateway.Api.Live;
using Gateway.Api.Live.Pictures;
using Gateway.Api.Live.Streams;
using Gateway.Api.Projects;
using Gateway.Api.Streams;
using Gateway.Core.Listing;
using Gateway.Core.Manifests;
using k8s;
using Microsoft.AspNetCore.Mvc;

namespace Gateway.Api.Workloads;

/// <summary>What reads workloads.</summary>
internal static class ReadHandlers
{
    private const string Yaml = "application/yaml";
    private const string Json = "application/json";

    public static async Task<IResult> ListWorkloads(
        ProjectAccess access, [AsParameters] WorkloadListParameters parameters, HttpRequest request, LivePictures live, CancellationToken cancellationToken)
    {
        var (project, query, key) = (access.Project, parameters.ToQuery(access.Project), parameters.KeyHash);
        var types = await access.RequireTypesAsync("list", parameters.Type, cancellationToken);
        bool Shown(PicturedWorkload one) => types.Contains(one.Type) && (key is null || one.KeyHash == key);
        if (request.WantsStream())
        {
            parameters.RequireStreamable();
            return new WorkloadStream(access, one => Shown(one) && query.Matches(one)) { Types = types };
        }
        var picture = await live.GetAsync(project, cancellationToken);
        // Whether a submission was made is not answered from memory alone.
        if (key is not null && !picture.Workloads.Any(Shown))
            picture = await live.LookAsync(project, cancellationToken);
        var page = picture.Workloads.Where(Shown).Page(query, parameters.Continue)
            ?? throw Query.Refuse("continue", "is not a token of this list: the filters and the order must be those of the page that it came from");
        return new WorkloadAnswer(StatusCodes.Status200OK, WorkloadText.Of(page, project.Name, request.PathBase), picture.HeardAt);
    }

    public static async Task<IResult> GetWorkload(
        ProjectAccess access, [AsParameters] WorkloadAddress address, [AsParameters] WaitParameters parameters, HttpRequest request, WorkloadReader reader, CancellationToken cancellationToken)
    {
        var wait = parameters.Time;
        var read = await reader.ReadAsync(access, address, request.PathBase, cancellationToken);
        if (request.WantsStream())
            return WorkloadStream.Of(access, read.Uid, read.Type);
        var answer = new WorkloadAnswer(StatusCodes.Status200OK, read.Text, read.At);
        return wait is { } time && answer.IsKnown(request) ? await reader.ReadAgainAsync(access, address, time, answer, request, cancellationToken) : answer;
    }

    public static async Task<IResult> GetManifest(
        ProjectAccess access,
        [AsParameters] WorkloadAddress address,
        [FromQuery(Name = "values")][Description("With `true` environment values are shown. It takes the right to update the object, and is audited.")] bool? values,
        HttpRequest request,
        WorkloadFinder finder,
        ProjectShares shares,
        CancellationToken cancellationToken)
    {
        if (values == true)
            request.HttpContext.Features.Set(new AuditedAction("read values"));
        using var share = await shares.TakeToReadAsync(access, cancellationToken);
        var manifest = (await finder.FindAsync(access, values == true ? "update" : "get", address, cancellationToken)).ToPortable(values == true);
        request.HttpContext.Response.Headers.Vary = "Accept";
        return request.Prefer(Yaml, Json) switch
        {
            Json => new TextAnswer(KubernetesJson.Serialize(manifest), $"{Json}; charset=utf-8"),
            Yaml => new TextAnswer(ManifestYaml.Write(manifest), $"{Yaml}; charset=utf-8"),
            _ => throw new ProblemException(ProblemTypes.NotAcceptable.With($"A manifest comes as {Yaml} or {Json}.")),
        };
    }
}
