using System.Text.RegularExpressions;

namespace Gateway.Embedded.Kinds;

/// <summary>What names and labels may look like. Each rule yields what is wrong, in Kubernetes' words; nothing where all is well.</summary>
internal static partial class Syntax
{
    private const int LabelLength = 63;
    private const int SubdomainLength = 253;
    private const string Alphanumeric = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

    public static IEnumerable<string> DnsLabel(string value)
    {
        if (value.Length > LabelLength) yield return "must be no more than 63 characters";
        if (LabelPattern().IsMatch(value)) yield break;
        yield return SubdomainPattern().IsMatch(value)
            ? "must not contain dots"
            : "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
    }

    /// <summary>A label that begins with a letter, as Services have it.</summary>
    public static IEnumerable<string> Dns1035Label(string value)
    {
        if (value.Length > LabelLength) yield return "must be no more than 63 characters";
        if (!ServicePattern().IsMatch(value))
            yield return "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
    }

    public static IEnumerable<string> DnsSubdomain(string value)
    {
        if (value.Length > SubdomainLength) yield return "must be no more than 253 characters";
        if (!SubdomainPattern().IsMatch(value))
            yield return @"a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    }

    /// <summary>A name that can stand in a path.</summary>
    public static IEnumerable<string> PathSegment(string value)
    {
        if (value is "." or "..") yield return $"may not be '{value}'";
        if (value.Contains('/')) yield return "may not contain '/'";
        if (value.Contains('%')) yield return "may not contain '%'";
    }

    public static IEnumerable<string> LabelValue(string value)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(value) > LabelLength) yield return "must be no more than 63 bytes";
        if (value != "" && !NamePattern().IsMatch(value))
            yield return $"a valid label must be an empty string or {Alphanumeric["must ".Length..]} (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
    }

    public static IEnumerable<string> QualifiedName(string value)
    {
        var parts = value.Split('/');
        if (parts.Length > 2)
        {
            yield return $"a qualified name {Alphanumeric} {NameExample} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
            yield break;
        }
        if (parts.Length == 2 && parts[0] == "") yield return "prefix part must be non-empty";
        else if (parts.Length == 2)
            foreach (var problem in DnsSubdomain(parts[0])) yield return $"prefix part {problem}";
        if (parts[^1] == "") yield return "name part must be non-empty";
        else if (parts[^1].Length > LabelLength) yield return "name part must be no more than 63 bytes";
        if (!NamePattern().IsMatch(parts[^1])) yield return $"name part {Alphanumeric} {NameExample}";
    }

    private const string NameExample = "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex LabelPattern();

    [GeneratedRegex(@"\A[a-z]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex ServicePattern();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex SubdomainPattern();

    [GeneratedRegex(@"\A([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]\z")]
    private static partial Regex NamePattern();
}
