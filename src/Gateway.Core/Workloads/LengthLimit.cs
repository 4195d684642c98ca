using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace Gateway.Core.Workloads;

/// <summary>How long a member of a request may be: a text, a list or a map, and the texts in it. Its attributes say so.</summary>
public sealed class LengthLimit
{
    /// <summary>How many characters a text has at most where no attribute says otherwise: as many as the name of an object.</summary>
    public const int Text = 253;

    /// <summary>How many characters the key of a map has at most: a label's key with its prefix.</summary>
    public const int Key = 253 + 1 + 63;

    private readonly JsonPropertyInfo _member;

    internal LengthLimit(JsonPropertyInfo member)
    {
        _member = member;
        var type = WorkloadJson.Options.GetTypeInfo(member.PropertyType);
        (Items, IsMap) = (type.ElementType, type.Kind == JsonTypeInfoKind.Dictionary);
        Length = Attribute<MaxLengthAttribute>()?.Length ?? (member.PropertyType == typeof(string) ? Text : null);
        ItemLength = Attribute<MaxItemLengthAttribute>()?.Length ?? (Items == typeof(string) ? Text : null);
    }

    /// <summary>The member's name in JSON.</summary>
    public string Name => _member.Name;

    /// <summary>The member's type.</summary>
    public Type Type => _member.PropertyType;

    /// <summary>What the items of a list or the values of a map are; null where the member is neither.</summary>
    public Type? Items { get; }

    /// <summary>Whether the member is a map.</summary>
    public bool IsMap { get; }

    /// <summary>The greatest number of characters, items or entries; null where the member has none of them.</summary>
    public int? Length { get; }

    /// <summary>The greatest number of characters of each item or value; null where they are no texts.</summary>
    public int? ItemLength { get; }

    /// <summary>The member's value in a request.</summary>
    internal object? Of(object request) => _member.Get!(request);

    private T? Attribute<T>()
        where T : Attribute => ((MemberInfo?)_member.AttributeProvider)?.GetCustomAttribute<T>();
}
