using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Gateway.Core.Workloads;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Metadata;

namespace Gateway.Api.Errors;

/// <summary>A request that nobody could read, in the caller's words.</summary>
internal static partial class RequestProblems
{
    /// <summary>A body over the limit, wherever it is noticed.</summary>
    public static Problem TooLarge { get; } = ProblemTypes.PayloadTooLarge.With("The body is larger than 1 MiB, or 8 MiB for a batch.");

    /// <summary>A body that came too slowly: https://learn.microsoft.com/dotnet/api/microsoft.aspnetcore.server.kestrel.core.kestrelserverlimits.minrequestbodydatarate</summary>
    public static Problem TooSlow { get; } = ProblemTypes.RequestTimeout.With("The body came too slowly: after five seconds at least 240 bytes of it have to arrive each second.");

    /// <summary>A body of more values than are read; the one too many is in the list or object at the path.</summary>
    public static Problem TooManyValues(string path, int most)
    {
        var because = $"has too many values: a body may have {most:N0}";
        return ProblemTypes.PayloadTooLarge.With($"{(path.Length == 0 ? "The body" : path)} {because}.") with { Errors = path.Length == 0 ? null : new Dictionary<string, string[]> { [path] = [because] } };
    }

    public static Problem ToProblem(this BadHttpRequestException exception, HttpContext context) => exception.StatusCode switch
    {
        StatusCodes.Status408RequestTimeout => TooSlow,
        StatusCodes.Status413PayloadTooLarge => TooLarge,
        StatusCodes.Status415UnsupportedMediaType => ProblemTypes.UnsupportedMediaType.With("Send the body as Content-Type: application/json."),
        _ when exception.InnerException is JsonException json => Unreadable(json, context),
        _ when BadParameter().Match(exception.Message) is { Success: true } match => Field(JsonNamingPolicy.CamelCase.ConvertName(match.Groups["name"].Value), "has a value of the wrong type"),
        _ when exception.Message.Contains("body", StringComparison.OrdinalIgnoreCase) => ProblemTypes.MalformedRequest.With("There is no JSON document in the body."),
        _ => ProblemTypes.MalformedRequest.With("The request cannot be read."),
    };

    private static Problem Unreadable(JsonException exception, HttpContext context)
    {
        if (exception.InnerException is not null and not InvalidOperationException and not FormatException)
            return ProblemTypes.MalformedRequest.With($"The body is not JSON: see line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
        // The handler of exceptions takes the endpoint off the context.
        return Unreadable(exception, context.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType);
    }

    /// <summary>JSON that is no document of that type.</summary>
    public static Problem Unreadable(JsonException exception, Type? type)
    {
        var path = (exception.Path ?? "$").TrimStart('$').TrimStart('.');
        var expected = type is null ? null : Expected(WorkloadJson.Options.GetTypeInfo(type), path);
        return path.Length == 0 ? ProblemTypes.MalformedRequest.With("The body must be a JSON object.")
            : expected is null ? Field(path, "is not a field of this document")
            : exception.Message.StartsWith("Duplicate", StringComparison.Ordinal) ? Field(path, "is given twice")
            : Field(path, $"must be {expected}");
    }

    private static Problem Field(string path, string because) =>
        ProblemTypes.MalformedRequest.With($"{path} {because}.") with { Errors = new Dictionary<string, string[]> { [path] = [because] } };

    // Follows the path through the request's type: null where it names no field.
    private static string? Expected(JsonTypeInfo type, string path)
    {
        foreach (var segment in Segment().Matches(path).Select(match => match.Value))
        {
            var next = type.Kind is JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary
                ? type.ElementType
                : type.Properties.FirstOrDefault(property => property.Name == segment)?.PropertyType;
            if (next is null)
                return null;
            type = WorkloadJson.Options.GetTypeInfo(next);
        }
        return Words(type);
    }

    private static string Words(JsonTypeInfo type) => (Nullable.GetUnderlyingType(type.Type) ?? type.Type) switch
    {
        var t when t == typeof(string) => "a string of Unicode characters",
        var t when t == typeof(int) => "a whole number, written without a point, of at most 2147483647",
        var t when t == typeof(long) => "a whole number, written without a point",
        var t when t == typeof(decimal) => "a number",
        var t when t == typeof(bool) => "true or false",
        _ when type.Kind == JsonTypeInfoKind.Dictionary => "an object of texts or numbers",
        _ when type.Kind == JsonTypeInfoKind.Enumerable => "an array, such as [\"python\", \"train.py\"]",
        _ => "an object",
    };

    [GeneratedRegex(@"\[[0-9]+\]|\['.*?'\]|[^.\[\]]+")]
    private static partial Regex Segment();

    [GeneratedRegex("^Failed to bind parameter \"\\S+ (?<name>[^\"]+)\"")]
    private static partial Regex BadParameter();
}
