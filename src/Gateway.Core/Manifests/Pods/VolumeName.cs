using System.Security.Cryptography;
using System.Text;

namespace Gateway.Core.Manifests.Pods;

/// <summary>Names of volumes, made from what they are: the order in which they were asked for changes nothing.</summary>
internal static class VolumeName
{
    private const int Longest = 63;
    private const int HashLength = 8;

    /// <summary>
    /// The kind, `-`, and what identifies the source. Where that is no part of a DNS label, it is made one, and a hash keeps it apart from others.
    /// </summary>
    public static string Of(string kind, params IEnumerable<string?> source)
    {
        var identity = string.Join(':', source.Where(part => part is not null));
        var name = $"{kind}-{Slug(identity)}".TrimEnd('-');
        return name == $"{kind}-{identity}" && name.Length <= Longest
            ? name
            : $"{name[..Math.Min(name.Length, Longest - HashLength - 1)].TrimEnd('-')}-{Hash(identity)}";
    }

    private static string Slug(string text) => new string([.. text.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')]).Trim('-');

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength];
}
