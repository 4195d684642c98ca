using System.Text.Json.Nodes;
using Gateway.Embedded.Schema;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Api.Discovery;

/// <summary>The OpenAPI document of each version of a group: enough for a client to know what a write takes, and what the fields are.</summary>
internal static class OpenApi
{
    private const string Prefix = "io.k8s.";
    private static readonly string[] Writes = ["post", "put", "patch"];

    public static JsonObject Index()
    {
        var paths = ResourceTypes.Table.Select(type => type.Group == "" ? "api/v1" : $"apis/{type.ApiVersion}").Distinct();
        return new JsonObject { ["paths"] = new JsonObject(paths.Select(path => KeyValuePair.Create(path, (JsonNode?)new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{path}?hash=1" }))) };
    }

    /// <summary>The document of one version, or null where there is none.</summary>
    public static JsonObject? Document(string group, string version)
    {
        var types = ResourceTypes.Table.Where(type => type.Group == group && type.Version == version).ToArray();
        if (types.Length == 0) return null;
        var schemas = new JsonObject();
        foreach (var type in types.Where(type => !type.Custom && TypeSchema.Find(type.Kind) is not null)) Describe(schemas, type.Kind, type);
        return new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = "v1.36.2" },
            ["paths"] = new JsonObject(types.SelectMany(Paths)),
            ["components"] = new JsonObject { ["schemas"] = schemas },
        };
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Paths(ResourceType type)
    {
        var all = (type.Group == "" ? "/api/v1" : $"/apis/{type.ApiVersion}") + (type.Namespaced ? "/namespaces/{namespace}" : "") + $"/{type.Plural}";
        yield return KeyValuePair.Create(all, (JsonNode?)new JsonObject { ["post"] = Operation(type, "post") });
        if (type.Stored) yield return KeyValuePair.Create($"{all}/{{name}}", (JsonNode?)new JsonObject(Writes[1..].Select(verb => KeyValuePair.Create(verb, (JsonNode?)Operation(type, verb)))));
    }

    private static JsonObject Operation(ResourceType type, string verb) => new()
    {
        ["x-kubernetes-action"] = verb,
        ["x-kubernetes-group-version-kind"] = GroupVersionKind(type),
        ["parameters"] = new JsonArray(Parameter("dryRun"), Parameter("fieldManager"), Parameter("fieldValidation")),
        ["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = "OK" } },
    };

    private static JsonObject Parameter(string name) => new JsonObject { ["name"] = name, ["in"] = "query", ["schema"] = new JsonObject { ["type"] = "string" } };

    private static JsonObject GroupVersionKind(ResourceType type) => new() { ["group"] = type.Group, ["version"] = type.Version, ["kind"] = type.Kind };

    private static void Describe(JsonObject schemas, string name, ResourceType? type)
    {
        if (schemas.ContainsKey(Prefix + name) || TypeSchema.Find(name) is not { } schema) return;
        var entry = new JsonObject { ["type"] = "object" };
        schemas[Prefix + name] = entry;
        if (type is not null) entry["x-kubernetes-group-version-kind"] = new JsonArray(GroupVersionKind(type));
        entry["properties"] = new JsonObject(schema.Fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)Field(schemas, field))));
    }

    private static JsonObject Field(JsonObject schemas, FieldSchema field)
    {
        var entry = Value(schemas, field.Type);
        if (field.MergeKey is not { } key) return entry;
        entry["x-kubernetes-patch-strategy"] = "merge";
        if (key != "*") entry["x-kubernetes-patch-merge-key"] = key;
        return entry;
    }

    private static JsonObject Value(JsonObject schemas, FieldType type)
    {
        if (type.Items is { } items) return new JsonObject { ["type"] = "array", ["items"] = Value(schemas, items) };
        if (type.Values is { } values) return new JsonObject { ["type"] = "object", ["additionalProperties"] = Value(schemas, values) };
        if (type.IsScalar) return Scalar(type.Name);
        Describe(schemas, type.Name, null);
        return new JsonObject { ["allOf"] = new JsonArray(new JsonObject { ["$ref"] = $"#/components/schemas/{Prefix}{type.Name}" }) };
    }

    private static JsonObject Scalar(string name) => name switch
    {
        "int32" or "int64" => new JsonObject { ["type"] = "integer", ["format"] = name },
        "float64" => new JsonObject { ["type"] = "number" },
        "bool" => new JsonObject { ["type"] = "boolean" },
        "any" or "ignored" => new JsonObject { ["type"] = "object" },
        "time" => new JsonObject { ["type"] = "string", ["format"] = "date-time" },
        "quantity" or "intorstring" => new JsonObject { ["oneOf"] = new JsonArray(new JsonObject { ["type"] = "string" }, new JsonObject { ["type"] = "number" }) },
        _ => new JsonObject { ["type"] = "string" },
    };
}
