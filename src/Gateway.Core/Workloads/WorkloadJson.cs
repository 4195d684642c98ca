using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Gateway.Core.Workloads;

/// <summary>How the API's JSON is read and written.</summary>
public static class WorkloadJson
{
    /// <summary>The options that everything in the API's language is read and written with.</summary>
    public static JsonSerializerOptions Options { get; } = Ready(Configure(new()));

    /// <summary>
    /// Reads strictly: an unknown field, another spelling of a name, a number as a string or a field given twice is an error,
    /// so that a typing error never becomes a workload other than the one asked for. Writes no nulls, and every time alike.
    /// </summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.AllowDuplicateProperties = false;
        options.MaxDepth = 32;
        options.Converters.Add(new ApiTime.OfDateTime());
        options.Converters.Add(new ApiTime.OfDateTimeOffset());
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        // The answers are JSON documents, never parts of a page.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        return options;
    }

    /// <summary>A submission as JSON.</summary>
    public static JsonObject ToObject(WorkloadSubmission submission) => JsonSerializer.SerializeToNode(submission, Options)!.AsObject();

    // So that types can be looked up before anything was read or written.
    private static JsonSerializerOptions Ready(JsonSerializerOptions options)
    {
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
