using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Api.Identity;

/// <summary>Who is calling, as the cluster's RoleBindings name it.</summary>
internal sealed record Caller
{
    /// <summary>Everyone who sends no credentials. No API server takes anybody for this user, so that rights granted to it hold here alone.</summary>
    public static readonly Caller Anonymous = new() { Username = "workload-gateway:anonymous", Mode = AuthenticationModes.Anonymous };

    public required string Username { get; init; }

    /// <summary>How the gateway knows.</summary>
    public required AuthenticationModes Mode { get; init; }

    public string? Uid { get; init; }

    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>What a TokenReview said besides; never from the claims of a JWT.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Extra { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>A hash of all that the cluster's authorization looks at.</summary>
    public string Fingerprint => field ??= Hash();

    /// <summary>Binds a handler's parameter to whoever is calling.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<Caller>());

    /// <summary>What whoever is calling is counted by; those who send no credentials are told apart by their address. Null where nobody has to be known.</summary>
    public static string? KeyOf(HttpContext context) => context.Features.Get<Caller>() is not { } caller ? null
        : caller == Anonymous ? CallerAddress.Key(context.Connection.RemoteIpAddress)
        : caller.Username;

    /// <summary>Whether no part of the identity can forge a line of a log or a header, or hide in one.</summary>
    public bool IsPlain => Groups.Prepend(Username).All(text => text.Length is > 0 and <= 512 && !text.Any(IsHidden));

    private static bool IsHidden(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    // Lengths stand before the parts, and numbers before lists, so that no two identities run together.
    private string Hash()
    {
        var text = new StringBuilder();
        foreach (var part in (string[])[Username, Uid ?? "", $"{Groups.Count}", .. Groups, .. Extra.OrderBy(e => e.Key, StringComparer.Ordinal).SelectMany(e => e.Value.Prepend($"{e.Value.Count}").Prepend(e.Key))])
            text.Append(part.Length).Append(':').Append(part);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
