using System.Text.Json.Nodes;
using CsCheck;

namespace Gateway.Api.Tests.Workloads.Chance;

/// <summary>JSON by chance.</summary>
internal static class Json
{
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Digits = "0123456789";

    /// <summary>One of the values.</summary>
    public static Gen<JsonNode?> Among(params string[] values) => Member(values).Select(Node);

    public static Gen<JsonNode?> Number(int least, int most) => Gen.Int[least, most].Select(number => (JsonNode?)number);

    public static Gen<JsonNode?> Flag => Gen.Bool.Select(flag => (JsonNode?)flag);

    /// <summary>A DNS-1035 label.</summary>
    public static Gen<string> Label(int longest) =>
        Gen.Select(Gen.Char[Lower], Gen.String[Gen.Char[Lower + Digits + "-"], 0, longest - 2], Gen.Char[Lower + Digits], (first, middle, last) => $"{first}{middle}{last}");

    /// <summary>The name of an object: labels with points between them.</summary>
    public static Gen<JsonNode?> ObjectName => Label(20).Array[1, 3].Select(labels => Node(string.Join('.', labels)));

    /// <summary>A key of a label: with a prefix or without.</summary>
    public static Gen<string> Key => Gen.Select(Gen.Bool, Label(20), Gen.Char[Lower], Gen.String[Gen.Char[Lower + "-_." + Digits], 0, 20], (prefixed, domain, first, rest) => $"{(prefixed ? $"{domain}.example/" : "x")}{first}{rest}x");

    public static Gen<string> LabelValue => Gen.OneOf(Gen.Const(""), Label(40), Gen.String[Gen.Char[Digits], 1, 63]);

    /// <summary>Any text that a process can be given.</summary>
    public static Gen<JsonNode?> Text => Gen.OneOf(Gen.String[0, 40].Select(Legal), Member("", " ", "$(A)", "a=b", "\u202e", "é", "😀", "\t\n", "--flag")).Select(Node);

    public static Gen<JsonNode?> FilePath => Gen.String[Gen.Char[Lower + Digits + "._- "], 1, 12].Array[1, 4].Select(parts => Node("/" + string.Join('/', parts.Select(part => part is ".." ? "x" : part))));

    /// <summary>An amount of more than nothing.</summary>
    public static Gen<JsonNode?> Amount(params string[] suffixes) =>
        Gen.Select(Gen.Int[1, 4000], Gen.Int[0, 999], Gen.Bool, Member(suffixes), (whole, part, broken, suffix) => Node($"{whole}{(broken ? $".{part}" : "")}{suffix}"));

    public static Gen<JsonNode?> List(Gen<JsonNode?> item, int least, int most) => item.Array[least, most].Select(items => (JsonNode?)new JsonArray([.. items.Select(Copy)]));

    public static Gen<JsonNode?> Map(Gen<string> key, Gen<JsonNode?> value) => Gen.Select(key, value).Array[1, 4].Select(entries =>
        (JsonNode?)new JsonObject(entries.DistinctBy(entry => entry.Item1).Select(entry => KeyValuePair.Create(entry.Item1, Copy(entry.Item2)))));

    /// <summary>An object with each of the fields.</summary>
    public static Gen<JsonNode?> Object(params (string Name, Gen<JsonNode?> Value)[] fields) =>
        fields.Aggregate(Gen.Const(Array.Empty<KeyValuePair<string, JsonNode?>>()), (all, field) => Gen.Select(all, field.Value, (before, value) => before.Append(new(field.Name, value)).ToArray()))
            .Select(entries => (JsonNode?)new JsonObject(entries.Where(entry => entry.Value is not null).Select(entry => KeyValuePair.Create(entry.Key, Copy(entry.Value)))));

    /// <summary>The value, or none, which is as often.</summary>
    public static Gen<JsonNode?> Maybe(this Gen<JsonNode?> value) => Gen.Select(Gen.Bool, value, (there, some) => there ? some : null);

    /// <summary>A value of its own: a node has only one parent.</summary>
    public static JsonNode? Copy(JsonNode? node) => node?.DeepClone();

    private static Gen<string> Member(params string[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static JsonNode? Node(string text) => text;

    // Half of a surrogate pair is no text, and a NUL ends it.
    private static string Legal(string text) => string.Concat(text.EnumerateRunes().Where(rune => rune.Value is not 0 and not 0xFFFD));
}
