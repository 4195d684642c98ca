using System.Text.Json.Nodes;
using Gateway.Embedded.Kinds;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Access;

/// <summary>Gives out tokens of service accounts on request.</summary>
internal sealed class TokenRequests(ClusterObjects objects, ServiceAccountTokens tokens)
{
    private const long DefaultSeconds = 3600;
    private const long LeastSeconds = 600;
    private const long MostSeconds = 1L << 32;

    /// <summary>The request with its token; <paramref name="request"/> is not stored.</summary>
    public JsonObject Create(string space, string name, JsonObject request)
    {
        var account = objects.Get(ResourceTypes.ServiceAccounts, space, name);
        var spec = request.Child("spec");
        spec.Default("expirationSeconds", DefaultSeconds);
        if (!spec.Texts("audiences").Any()) spec["audiences"] = new JsonArray(ServiceAccountTokens.ApiAudience);
        var seconds = spec.Number("expirationSeconds")!.Value;
        FieldErrors.Check("authentication.k8s.io", "TokenRequest", "", errors => Validate(seconds, errors));
        var expires = objects.Time.GetUtcNow().AddSeconds(seconds);
        var bound = spec["boundObjectRef"] as JsonObject;
        return new JsonObject
        {
            ["kind"] = "TokenRequest",
            ["apiVersion"] = "authentication.k8s.io/v1",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = space, ["uid"] = account.Uid, ["creationTimestamp"] = objects.Now },
            ["spec"] = new JsonObject { ["audiences"] = spec["audiences"]!.DeepClone(), ["expirationSeconds"] = seconds, ["boundObjectRef"] = bound?.DeepClone() },
            ["status"] = new JsonObject
            {
                ["token"] = tokens.Issue(account, spec.Texts("audiences"), expires, Bound(space, bound)),
                ["expirationTimestamp"] = expires.ToString("yyyy-MM-ddTHH:mm:ssZ"),
            },
        };
    }

    private static void Validate(long seconds, FieldErrors errors)
    {
        if (seconds < LeastSeconds) errors.Invalid("spec.expirationSeconds", seconds, "may not specify a duration less than 10 minutes");
        if (seconds > MostSeconds) errors.Invalid("spec.expirationSeconds", seconds, "may not specify a duration larger than 2^32 seconds");
    }

    /// <summary>A token bound to a pod or secret is good for as long as that is there.</summary>
    private JsonObject? Bound(string space, JsonObject? reference)
    {
        if (reference is null) return null;
        var type = reference.Text("kind") switch
        {
            "Pod" => ResourceTypes.Pods,
            "Secret" => ResourceTypes.Secrets,
            var kind => throw Refusal.BadRequest($"cannot bind token for serviceaccount to object type /v1, Kind={kind}"),
        };
        var found = objects.Get(type, space, reference.Text("name") ?? "");
        if (reference.Text("uid") is { Length: > 0 } uid && uid != found.Uid)
            throw Refusal.Precondition(type, found.Name, $"the UID in the bound object reference ({uid}) does not match the UID in record. The object might have been deleted and then recreated");
        return new JsonObject { ["kind"] = type.Kind, ["name"] = found.Name, ["uid"] = found.Uid };
    }
}
