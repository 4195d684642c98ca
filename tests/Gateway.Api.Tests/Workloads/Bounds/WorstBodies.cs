using System.Text;
using Gateway.Core.Workloads;

namespace Gateway.Api.Tests.Workloads.Bounds;

/// <summary>For every field of a submission bodies of nearly 1 MiB that are to cost as much as can be. They are made from the request records, so that a new field is among them by itself.</summary>
internal static class WorstBodies
{
    private const int Length = 1_048_000;

    // A few fewer than a body may have, for what stands around them.
    private const int MostValues = 9_980;

    /// <summary>The bodies, by what is in them.</summary>
    public static IReadOnlyDictionary<string, Func<string>> All { get; } = Of(typeof(WorkloadSubmission), "", Whole)
        .ToDictionary(one => one.Name, one => one.Body);

    // With what a submission cannot be without, unless that is the field itself.
    private static string Whole(string fields) =>
        $"{{{string.Join(", ", ((string[])["\"type\": \"train\"", "\"name\": \"a\"", "\"image\": \"busybox\""]).Where(field => !fields.StartsWith(field.Split(' ')[0], StringComparison.Ordinal)).Append(fields))}}}";

    private static IEnumerable<(string Name, Func<string> Body)> Of(Type record, string at, Func<string, string> around) =>
        LengthLimits.Of(record).SelectMany(limit => Of(limit, at + limit.Name, value => around($"\"{limit.Name}\": {value}")));

    private static IEnumerable<(string Name, Func<string> Body)> Of(LengthLimit limit, string at, Func<string, string> around)
    {
        if (limit.Type == typeof(string))
            return Texts(at, around);
        if (limit.Items is not { } item)
            return Of(limit.Type, $"{at}.", fields => around($"{{{fields}}}"));
        return limit.IsMap ? Maps(limit, item, at, around) : Lists(limit, item, at, around);
    }

    private static IEnumerable<(string Name, Func<string> Body)> Texts(string at, Func<string, string> around) =>
    [
        ($"{at}, a text of 1 MiB", () => around(Text('a', Length))),
        ($"{at}, a text of 1 MiB of slashes", () => around(Text('/', Length))),
        ($"{at}, a text of nulls", () => around($"\"{Fill("\\u0000", "", Length)}\"")),
    ];

    private static IEnumerable<(string Name, Func<string> Body)> Lists(LengthLimit limit, Type item, string at, Func<string, string> around) =>
    [
        .. Lists(item, at, "1 MiB of", Length, around),
        .. Lists(item, at, "as many as may be of", limit.Length!.Value, around),
        .. Lists(item, at, "as many as are read of", MostValues, around),
        .. item == typeof(string) ? Texts($"{at}[]", text => around($"[{text}]")) : item.IsValueType ? [] : Of(item, $"{at}[].", fields => around($"[{{{fields}}}]")),
    ];

    private static IEnumerable<(string Name, Func<string> Body)> Lists(Type item, string at, string many, int items, Func<string, string> around) =>
        from one in (string[])(item == typeof(string) ? ["\"\"", "null"] : item.IsValueType ? ["0"] : ["{}", "null"])
        select ($"{at}, {many} {one}", (Func<string>)(() => around($"[{Fill(one, ",", Math.Min(items * (one.Length + 1), Length))}]")));

    private static IEnumerable<(string Name, Func<string> Body)> Maps(LengthLimit limit, Type item, string at, Func<string, string> around)
    {
        var value = item == typeof(string) ? "\"\"" : "0";
        return
        [
            ($"{at}, 1 MiB of keys", () => around($"{{{Keys(Length, value)}}}")),
            ($"{at}, as many as may be", () => around($"{{{string.Join(',', Enumerable.Range(0, limit.Length!.Value).Select(i => $"\"-{i}\": {value}"))}}}")),
            ($"{at}, a key of 1 MiB", () => around($"{{{Text('/', Length)}: {value}}}")),
            .. item == typeof(string) ? Texts($"{at}[]", text => around($"{{\"a\": {text}}}")) : [],
        ];
    }

    private static string Text(char c, int length) => $"\"{new string(c, length)}\"";

    private static string Fill(string item, string between, int length) => string.Join(between, Enumerable.Repeat(item, length / (item.Length + between.Length)));

    private static string Keys(int length, string value)
    {
        var keys = new StringBuilder();
        for (var i = 0; keys.Length < length; i++)
            keys.Append(keys.Length == 0 ? "" : ",").Append('"').Append($"{i:x}").Append("\":").Append(value);
        return keys.ToString();
    }
}
