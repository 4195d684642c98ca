using System.Text.Json.Nodes;
using Gateway.Embedded.Kinds;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Api.Writing;

/// <summary>Delete. Options come in the body or, where there is none, in the query.</summary>
internal sealed class Deletes(ClusterObjects objects)
{
    private static readonly string[] Policies = ["Foreground", "Background", "Orphan", "nil"];

    public async Task DeleteAsync(ApiRequest request)
    {
        var options = await OptionsAsync(request);
        if (request.Type!.OrphansByDefault && options.PropagationPolicy is null)
            request.Http.Warn("child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning");
        var deleted = objects.Delete(request.Type, request.Space, request.Name!, options);
        if (deleted.Gone && !request.Type.ReturnsDeleted) await request.Http.AnswerAsync(200, Success(deleted.Object));
        else await request.Http.AnswerAsync(200, deleted.Object);
    }

    private static JsonObject Success(StoredObject gone)
    {
        var details = Refusal.Details(gone.Name, gone.Type.Group, gone.Type.Plural);
        details["uid"] = gone.Uid;
        return new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success", ["details"] = details };
    }

    private static async Task<DeleteOptions> OptionsAsync(ApiRequest request)
    {
        var body = await Body.ReadAsync(request);
        var options = body.Length == 0 ? FromQuery(request) : FromBody(Body.ParseJson(body, "DeleteOptions"));
        if (options.PropagationPolicy is { } policy && !Policies.Contains(policy))
            throw FieldErrors.Because("meta.k8s.io", "DeleteOptions", "", errors => errors.NotSupported("propagationPolicy", policy, Policies));
        return options;
    }

    private static DeleteOptions FromBody(JsonObject body) => new()
    {
        PropagationPolicy = Policy(body.Text("propagationPolicy"), body.Flag("orphanDependents")),
        GracePeriodSeconds = body.Number("gracePeriodSeconds"),
        Uid = (body["preconditions"] as JsonObject)?.Text("uid"),
        ResourceVersion = (body["preconditions"] as JsonObject)?.Text("resourceVersion"),
        DryRun = Writes.IsDryRun([.. body.Texts("dryRun")], "DeleteOptions"),
    };

    private static DeleteOptions FromQuery(ApiRequest request) => new()
    {
        PropagationPolicy = Policy(request.Option("propagationPolicy"), request.Option("orphanDependents") is null ? null : request.Asks("orphanDependents")),
        GracePeriodSeconds = long.TryParse(request.Option("gracePeriodSeconds"), out var seconds) ? seconds : null,
        DryRun = Writes.IsDryRun(request, "DeleteOptions"),
    };

    /// <summary>The older option says the same in other words; both together are refused.</summary>
    private static string? Policy(string? policy, bool? orphans) => (policy, orphans) switch
    {
        (not null, not null) => throw FieldErrors.Because("meta.k8s.io", "DeleteOptions", "", errors =>
            errors.Invalid("propagationPolicy", policy, "orphanDependents and deletionPropagation cannot be both set")),
        (null, true) => "Orphan",
        (null, false) => "Background",
        _ => policy,
    };
}
