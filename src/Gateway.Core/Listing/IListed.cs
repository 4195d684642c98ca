namespace Gateway.Core.Listing;

/// <summary>What a list filters and sorts by.</summary>
public interface IListed
{
    /// <summary>The name.</summary>
    string Name { get; }

    /// <summary>`train` or `build`.</summary>
    string Type { get; }

    /// <summary>Where it stands.</summary>
    string Phase { get; }

    /// <summary>The person shown as its owner.</summary>
    string? User { get; }

    /// <summary>When it was submitted.</summary>
    DateTime? CreatedAt { get; }

    /// <summary>The labels of its object.</summary>
    IReadOnlyDictionary<string, string> Labels { get; }
}

/// <summary>One page of a list, and the token of the next one, if there is one.</summary>
public sealed record ListedPage<T>(IReadOnlyList<T> Items, string? Continue, int Total);
