using System.Text;

namespace Gateway.Embedded.Store;

/// <summary>One kind of object the cluster serves, and how it is served.</summary>
internal sealed record ResourceType(string Group, string Version, string Kind, string Plural)
{
    public static readonly string[] AllVerbs = ["create", "delete", "get", "list", "patch", "update", "watch"];

    public bool Namespaced { get; init; } = true;
    public string[] Verbs { get; init; } = AllVerbs;
    public string[] ShortNames { get; init; } = [];
    public string[] Categories { get; init; } = [];
    public string[] Subresources { get; init; } = [];

    /// <summary>Whether <c>metadata.generation</c> counts the changes of the specification.</summary>
    public bool HasGeneration { get; init; }

    /// <summary>Whether a delete that is done at once answers with the object instead of a Status.</summary>
    public bool ReturnsDeleted { get; init; }

    /// <summary>Whether objects are kept as they come: a custom resource, whose fields nobody here knows.</summary>
    public bool Custom { get; init; }

    /// <summary>Whether the dependents stay when a delete does not say what to do with them.</summary>
    public bool OrphansByDefault { get; init; }

    public string ApiVersion { get; } = Group == "" ? Version : $"{Group}/{Version}";

    public string Singular { get; } = Kind.ToLowerInvariant();

    /// <summary>How messages name the resource: <c>jobs.batch</c>.</summary>
    public string QualifiedPlural { get; } = Group == "" ? Plural : $"{Plural}.{Group}";

    /// <summary>How messages name the kind: <c>Job.batch</c>.</summary>
    public string QualifiedKind { get; } = Group == "" ? Kind : $"{Kind}.{Group}";

    /// <summary>The bytes every object begins with on the wire; they are not stored.</summary>
    public byte[] Prefix { get; } =
        Encoding.UTF8.GetBytes($$"""{"kind":"{{Kind}}","apiVersion":"{{(Group == "" ? Version : $"{Group}/{Version}")}}",""");

    public bool HasStatus => Subresources.Contains("status");

    public bool Stored => Verbs.Contains("list");

    public bool Equals(ResourceType? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    public override string ToString() => QualifiedPlural;
}
