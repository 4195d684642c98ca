using System.Globalization;
using System.Text.RegularExpressions;

namespace Gateway.Core.Workloads;

/// <summary>
/// Amounts as Kubernetes writes them, such as `500m` or `16Gi`: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
/// Bounded, so that no text however long or large costs more than a glance.
/// </summary>
public static partial class Quantity
{
    private const string Decimal = "mkMGTP";
    private const string Binary = "KMGTP";

    /// <summary>The amount; null where the text is none: at most twelve digits, three decimals, and a suffix up to P or Pi.</summary>
    public static decimal? Parse(string text)
    {
        if (text.Length > 20 || Form().Match(text) is not { Success: true } match)
            return null;
        var number = decimal.Parse(match.Groups["number"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        return number * Factor(match.Groups["suffix"].Value);
    }

    /// <summary>Whether the text is an amount of more than nothing.</summary>
    public static bool IsPositive(string text) => Parse(text) > 0;

    private static decimal Factor(string suffix) => suffix switch
    {
        "" => 1,
        "m" => 0.001m,
        [var unit] => Power(1000, Decimal.IndexOf(unit, StringComparison.Ordinal)),
        [var unit, _] => Power(1024, Binary.IndexOf(unit, StringComparison.Ordinal) + 1),
        _ => throw new ArgumentException("No suffix of a quantity.", nameof(suffix)),
    };

    private static decimal Power(decimal of, int times) => times == 0 ? 1 : of * Power(of, times - 1);

    [GeneratedRegex(@"^(?<number>[0-9]{1,12}(\.[0-9]{1,3})?)(?<suffix>m|[kMGTP]|[KMGTP]i)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
