using System.Security.Cryptography;

namespace Gateway.Embedded.Objects;

/// <summary>Names that the server makes.</summary>
internal static class Names
{
    /// <summary>Without vowels and look-alikes, as Kubernetes has it.</summary>
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";
    private const int SuffixLength = 5;
    private const int MaxGeneratedLength = 63;

    /// <summary>A prefix, cut if need be, and five random characters.</summary>
    public static string Generate(string prefix) =>
        prefix[..Math.Min(prefix.Length, MaxGeneratedLength - SuffixLength)] + Suffix();

    public static string Suffix() => RandomNumberGenerator.GetString(Alphabet, SuffixLength);
}
