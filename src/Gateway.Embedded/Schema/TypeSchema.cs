namespace Gateway.Embedded.Schema;

/// <summary>The fields of one type of object.</summary>
internal sealed record TypeSchema(string Name, IReadOnlyList<FieldSchema> Fields)
{
    private static readonly Dictionary<string, TypeSchema> Types = Read();

    private readonly Dictionary<string, int> positions = Fields.Select((field, position) => (field.Name, position)).ToDictionary(entry => entry.Name, entry => entry.position);

    public static TypeSchema? Find(string name) => Types.GetValueOrDefault(name);

    /// <summary>Where a field stands, or -1.</summary>
    public int Position(string field) => positions.GetValueOrDefault(field, -1);

    public FieldSchema? Field(string field) => positions.TryGetValue(field, out var position) ? Fields[position] : null;

    private static Dictionary<string, TypeSchema> Read()
    {
        using var stream = typeof(TypeSchema).Assembly.GetManifestResourceStream("kubernetes.schema")!;
        using var reader = new StreamReader(stream);
        var types = new Dictionary<string, TypeSchema>();
        var fields = new List<FieldSchema>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#') || line.Length == 0) continue;
            if (line[0] == ' ') fields.Add(FieldSchema.Parse(line));
            else types.Add(line, new TypeSchema(line, fields = []));
        }
        // Positions are taken once a type's fields are known.
        return types.ToDictionary(entry => entry.Key, entry => new TypeSchema(entry.Key, entry.Value.Fields));
    }
}

/// <summary>One field: its name, what it holds, and how it is merged and written.</summary>
internal sealed record FieldSchema(string Name, FieldType Type)
{
    /// <summary>The key by which a strategic merge patch matches items; <c>*</c> where the list is a set; null where it is replaced.</summary>
    public string? MergeKey { get; private init; }

    public bool OmitsZero { get; private init; }

    public bool KeepsEmpty { get; private init; }

    public static FieldSchema Parse(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new FieldSchema(words[0], FieldType.Parse(words[1]))
        {
            MergeKey = words.FirstOrDefault(word => word.StartsWith("merge=", StringComparison.Ordinal))?["merge=".Length..],
            OmitsZero = words.Contains("omitzero"),
            KeepsEmpty = words.Contains("keepempty"),
        };
    }
}

/// <summary>What a field holds: a scalar or an object by name, or a list or map of such.</summary>
internal sealed record FieldType(string Name, FieldType? Items, FieldType? Values)
{
    public TypeSchema? Object => TypeSchema.Find(Name);

    public bool IsScalar => Items is null && Values is null && char.IsAsciiLetterLower(Name[0]);

    /// <summary>How messages name it.</summary>
    public string GoName => (Items, Values) switch
    {
        ({ } items, _) => $"[]{items.GoName}",
        (_, { } values) => $"map[string]{values.GoName}",
        _ => IsScalar ? Name : $"v1.{Name}",
    };

    public static FieldType Parse(string text)
    {
        if (text.StartsWith("[]", StringComparison.Ordinal)) return new FieldType(text, Parse(text[2..]), null);
        return text.StartsWith("map.", StringComparison.Ordinal) ? new FieldType(text, null, Parse(text[4..])) : new FieldType(text, null, null);
    }
}
