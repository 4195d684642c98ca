using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Objects;

/// <summary>What the API server answers when it says no: a Status.</summary>
internal sealed class Refusal(int code, string? reason, string message, JsonObject? details = null) : Exception(message)
{
    public int Code { get; } = code;

    public string? Reason { get; } = reason;

    /// <summary>The token with which a list goes on all the same.</summary>
    public string? Continue { get; private init; }

    public JsonObject ToStatus()
    {
        var status = new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Failure", ["message"] = Message };
        if (Continue is not null) status.Metadata()["continue"] = Continue;
        if (Reason is not null) status["reason"] = Reason;
        if (details is not null) status["details"] = details.DeepClone();
        status["code"] = Code;
        return status;
    }

    public static Refusal NotFound(ResourceType type, string name) =>
        new(404, "NotFound", $"{type.QualifiedPlural} \"{name}\" not found", Resource(type, name));

    public static Refusal AlreadyExists(ResourceType type, string name) =>
        new(409, "AlreadyExists", $"{type.QualifiedPlural} \"{name}\" already exists", Resource(type, name));

    public static Refusal BeingDeleted(ResourceType type, string name) =>
        new(409, "AlreadyExists", $"object is being deleted: {type.QualifiedPlural} \"{name}\" already exists", Resource(type, name));

    public static Refusal Modified(ResourceType type, string name) =>
        new(409, "Conflict",
            $"Operation cannot be fulfilled on {type.QualifiedPlural} \"{name}\": the object has been modified; please apply your changes to the latest version and try again",
            Resource(type, name));

    /// <summary>A precondition that does not hold names the kind, not the resource.</summary>
    public static Refusal Precondition(ResourceType type, string name, string what) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {type.QualifiedKind} \"{name}\": {what}", Details(name, type.Group, type.Kind));

    public static Refusal OtherUid(ResourceType type, string name, string wanted, string standing) => Precondition(type, name,
        $"the UID in the precondition ({wanted}) does not match the UID in record ({standing}). The object might have been deleted and then recreated");

    public static Refusal OtherVersion(ResourceType type, string name, string wanted, string standing) => Precondition(type, name,
        $"the ResourceVersion in the precondition ({wanted}) does not match the ResourceVersion in record ({standing}). The object might have been modified");

    public static Refusal BadRequest(string message) => new(400, "BadRequest", message);

    public static Refusal Forbidden(ResourceType type, string? name, string why, JsonArray? causes = null) =>
        Forbidden(type.Group, type.Plural, name, why, causes);

    public static Refusal Forbidden(string group, string resource, string? name, string why, JsonArray? causes = null)
    {
        var details = Details(name, group, resource);
        if (causes is not null) details["causes"] = causes;
        var qualified = group == "" ? resource : $"{resource}.{group}";
        return new Refusal(403, "Forbidden", $"{qualified}{(string.IsNullOrEmpty(name) ? "" : $" \"{name}\"")} is forbidden: {why}", details);
    }

    public static Refusal Unauthorized() => new(401, "Unauthorized", "Unauthorized");

    public static Refusal MethodNotAllowed() =>
        new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", []);

    public static Refusal UnsupportedMediaType(string message) => new(415, "UnsupportedMediaType", message, []);

    public static Refusal Expired(string message) => new(410, "Expired", message);

    /// <summary>A list cannot go on as it began; the token lets it go on with what there is now.</summary>
    public static Refusal ExpiredList(string token) => new(410, "Expired",
        "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.")
    { Continue = token };

    public static Refusal Internal(Exception e) =>
        new(500, "InternalError", $"Internal error occurred: {e.Message}", new JsonObject { ["causes"] = new JsonArray(new JsonObject { ["message"] = e.ToString() }) });

    public static Refusal TooLarge() =>
        new(413, "RequestEntityTooLarge", "Request entity too large: limit is 3145728");

    private static JsonObject Resource(ResourceType type, string? name) => Details(name, type.Group, type.Plural);

    public static JsonObject Details(string? name, string group, string kind)
    {
        var details = new JsonObject();
        if (!string.IsNullOrEmpty(name)) details["name"] = name;
        if (group != "") details["group"] = group;
        details["kind"] = kind;
        return details;
    }
}
