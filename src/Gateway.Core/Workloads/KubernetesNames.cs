using System.Text.RegularExpressions;

namespace Gateway.Core.Workloads;

/// <summary>What Kubernetes accepts as names: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/</summary>
public static partial class KubernetesNames
{
    /// <summary>Whether the text is a DNS-1035 label, of any length.</summary>
    public static bool IsLabel(string text) => Label().IsMatch(text);

    /// <summary>Whether the text can be the name of an object: a DNS-1123 subdomain of at most 253 characters.</summary>
    public static bool IsObjectName(string text) => text.Length <= 253 && Subdomain().IsMatch(text);

    /// <summary>Whether the text can be a label's value, and is not empty.</summary>
    public static bool IsLabelValue(string text) => text.Length <= 63 && LabelValue().IsMatch(text);

    /// <summary>Whether the text can be a label's key: a name, with or without a DNS subdomain and a slash before it.</summary>
    public static bool IsLabelKey(string text) => text.Split('/') switch
    {
        [var name] => IsLabelValue(name),
        [var prefix, var name] => IsObjectName(prefix) && IsLabelValue(name),
        _ => false,
    };

    [GeneratedRegex("^[a-z]([-a-z0-9]*[a-z0-9])?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Label();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Subdomain();

    [GeneratedRegex(@"^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex LabelValue();
}
