using Gateway.Embedded.Objects;

namespace Gateway.Embedded.Api.Reading;

/// <summary>A label selector as it stands in a query: <c>a=b,c!=d,e in (f,g),h notin (i),j,!k</c>.</summary>
internal sealed record LabelSelector(IReadOnlyList<LabelSelector.Requirement> Requirements)
{
    private const string Special = "=!(),";

    public bool IsEmpty => Requirements.Count == 0;

    public bool Matches(KeyValuePair<string, string>[] labels) => Requirements.All(requirement => requirement.Matches(labels));

    public static LabelSelector Parse(string text)
    {
        var tokens = new Queue<string>(Tokens(text));
        var requirements = new List<Requirement>();
        while (tokens.Count > 0)
        {
            requirements.Add(ParseOne(tokens));
            if (tokens.Count > 0) Expect(tokens, ",", "',' or 'end of string'");
        }
        return new LabelSelector(requirements);
    }

    private static Requirement ParseOne(Queue<string> tokens)
    {
        if (tokens.Peek() == "!")
        {
            tokens.Dequeue();
            return new Requirement(Identifier(tokens), Absent: true, [], AnyValue: true);
        }
        var key = Identifier(tokens);
        if (tokens.Count == 0 || tokens.Peek() == ",") return new Requirement(key, Absent: false, [], AnyValue: true);
        return tokens.Dequeue() switch
        {
            "=" or "==" => new Requirement(key, Absent: false, [Value(tokens)], AnyValue: false),
            "!=" => new Requirement(key, Absent: true, [Value(tokens)], AnyValue: false),
            "in" => new Requirement(key, Absent: false, Values(tokens), AnyValue: false),
            "notin" => new Requirement(key, Absent: true, Values(tokens), AnyValue: false),
            var other => throw Wrong(other, "in, notin, =, ==, !=, gt, lt"),
        };
    }

    private static string Value(Queue<string> tokens) => tokens.Count == 0 || tokens.Peek() == "," ? "" : Identifier(tokens);

    private static List<string> Values(Queue<string> tokens)
    {
        Expect(tokens, "(", "'('");
        var values = new List<string>();
        while (tokens.Count > 0 && tokens.Peek() != ")")
        {
            values.Add(Identifier(tokens));
            if (tokens.Count > 0 && tokens.Peek() == ",") tokens.Dequeue();
        }
        Expect(tokens, ")", "',' or ')'");
        return values;
    }

    private static string Identifier(Queue<string> tokens)
    {
        if (!tokens.TryDequeue(out var token)) throw Wrong("", "identifier");
        return Special.Contains(token[0]) ? throw Wrong(token, "identifier") : token;
    }

    private static void Expect(Queue<string> tokens, string wanted, string description)
    {
        if (!tokens.TryDequeue(out var token) || token != wanted) throw Wrong(token ?? "", description);
    }

    private static Refusal Wrong(string found, string expected) =>
        Refusal.BadRequest($"unable to parse requirement: found '{found}', expected: {expected}");

    private static IEnumerable<string> Tokens(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            if (char.IsWhiteSpace(text[start]))
            {
                start++;
                continue;
            }
            var length = IsPair(text, start) ? 2 : Special.Contains(text[start]) ? 1 : Word(text, start);
            yield return text.Substring(start, length);
            start += length;
        }
    }

    private static bool IsPair(string text, int start) => text[start] is '=' or '!' && start + 1 < text.Length && text[start + 1] == '=';

    private static int Word(string text, int start) =>
        text[start..].TakeWhile(letter => !Special.Contains(letter) && !char.IsWhiteSpace(letter)).Count();

    /// <summary>One condition on one label.</summary>
    internal sealed record Requirement(string Key, bool Absent, IReadOnlyList<string> Values, bool AnyValue)
    {
        public bool Matches(KeyValuePair<string, string>[] labels)
        {
            foreach (var (key, value) in labels)
                if (key == Key) return Absent != (AnyValue || Values.Contains(value));
            return Absent;
        }
    }
}
