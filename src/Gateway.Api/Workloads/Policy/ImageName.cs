namespace Gateway.Api.Workloads.Policy;

/// <summary>Where an image comes from, as https://github.com/distribution/reference reads its name.</summary>
internal sealed record ImageName(string Registry, string Path)
{
    private const string Hub = "docker.io";

    /// <summary>The repository of an image reference, without tag and digest.</summary>
    public static ImageName OfImage(string reference)
    {
        var name = reference.Split('@')[0];
        var tag = name.IndexOf(':', name.LastIndexOf('/') + 1);
        var repository = tag < 0 ? name : name[..tag];
        var image = repository.Contains('/', StringComparison.Ordinal) ? Of(repository) : new(Hub, repository);
        return image.Registry == Hub && !image.Path.Contains('/', StringComparison.Ordinal) ? image with { Path = $"library/{image.Path}" } : image;
    }

    /// <summary>A registry, a path on one, or a repository: `gcr.io`, `gcr.io/team`, and `pytorch` for that of docker.io.</summary>
    public static ImageName Of(string place)
    {
        var parts = place.Trim('/').Split('/', 2);
        var rest = parts.Length == 2 ? parts[1] : "";
        return !IsRegistry(parts[0]) ? new(Hub, place.Trim('/'))
            : parts[0] == "index.docker.io" ? new(Hub, rest)
            : new(parts[0].ToLowerInvariant(), rest);
    }

    /// <summary>Whether it is the place or below it: `gcr.io/team` has `gcr.io/team/a`, not `gcr.io/teams/a`.</summary>
    public bool IsIn(ImageName place) => Registry == place.Registry && (place.Path.Length == 0 || $"{Path}/".StartsWith($"{place.Path}/", StringComparison.Ordinal));

    // What cannot be the first part of a path.
    private static bool IsRegistry(string part) => part == "localhost" || part.Any(c => c is '.' or ':' || char.IsAsciiLetterUpper(c));
}
