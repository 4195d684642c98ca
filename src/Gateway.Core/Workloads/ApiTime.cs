using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.Core.Workloads;

/// <summary>How every time of an answer is written: RFC 3339 in UTC, with milliseconds, such as 2026-11-22T22:34:46.736Z.</summary>
public static class ApiTime
{
    // More digits than three are refused by readers of several languages.
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The text of a time; one without a zone is UTC.</summary>
    public static string ToApiTime(this DateTime time) =>
        (time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time).ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>The text of a time.</summary>
    public static string ToApiTime(this DateTimeOffset time) => time.UtcDateTime.ToApiTime();

    internal sealed class OfDateTime : JsonConverter<DateTime>
    {
        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTime().ToUniversalTime();

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToApiTime());
    }

    internal sealed class OfDateTimeOffset : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToApiTime());
    }
}
