using System.Text.Json;

namespace Gateway.Core.Workloads;

/// <summary>How many values a JSON document has, counted before anything is made of them: the shortest of them take many times their length.</summary>
public static class JsonValues
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = WorkloadJson.Options.MaxDepth };

    /// <summary>The number of values, lists and objects included; no more than one beyond <paramref name="most"/> are counted. What is no JSON has those before its fault.</summary>
    public static int Count(ReadOnlySpan<byte> json, int most)
    {
        var reader = new Utf8JsonReader(json, Options);
        var count = 0;
        while (count <= most && TryRead(ref reader))
            count += IsValue(reader.TokenType) ? 1 : 0;
        return count;
    }

    /// <summary>The path of the list or object that has the value of that number; empty for the document itself.</summary>
    public static string PathAround(ReadOnlySpan<byte> json, int number)
    {
        var reader = new Utf8JsonReader(json, Options);
        var around = new Stack<string>();
        var (count, name) = (0, "");
        while (TryRead(ref reader))
        {
            if (IsValue(reader.TokenType) && ++count == number)
                break;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = reader.GetString()!;
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    around.Push(name);
                    name = "";
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    around.Pop();
                    break;
            }
        }
        return string.Join('.', around.Reverse().Where(part => part.Length > 0));
    }

    private static bool TryRead(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsValue(JsonTokenType token) => token is not (JsonTokenType.PropertyName or JsonTokenType.EndObject or JsonTokenType.EndArray);
}
