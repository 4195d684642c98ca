using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Gateway.Embedded.Schema;

/// <summary>An amount as Kubernetes writes it (<c>500m</c>, <c>1.5Gi</c>, <c>1e3</c>), exact to the billionth.</summary>
internal readonly partial record struct Quantity(BigInteger Nanos, QuantityForm Form)
{
    private const int MaxLength = 64;
    private static readonly BigInteger One = BigInteger.Pow(10, 9);
    private static readonly string[] Binary = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    private static readonly string[] Decimal = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];

    public bool IsNegative => Nanos.Sign < 0;

    public bool IsInteger => Nanos % One == 0;

    public decimal ToDecimal() => (decimal)Nanos / (decimal)One;

    public static Quantity operator +(Quantity left, Quantity right) => new(left.Nanos + right.Nanos, left.Nanos.IsZero ? right.Form : left.Form);

    public static bool operator >(Quantity left, Quantity right) => left.Nanos > right.Nanos;

    public static bool operator <(Quantity left, Quantity right) => left.Nanos < right.Nanos;

    public static Quantity Of(long number) => new(number * One, QuantityForm.DecimalSI);

    /// <summary>Reads an amount; what is none is a <see cref="DecodeException"/>.</summary>
    public static Quantity Parse(string text)
    {
        var match = Pattern().Match(text);
        if (text.Length > MaxLength || !match.Success)
            throw new DecodeException("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
        var (number, suffix) = (match.Groups[1].Value, match.Groups[2].Value);
        var (factor, divisor, form) = Scale(suffix);
        var point = number.IndexOf('.');
        var digits = BigInteger.Parse(number.Replace(".", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        divisor *= BigInteger.Pow(10, point < 0 ? 0 : number.Length - point - 1);
        return new Quantity(Up(digits * factor * One, divisor), form);
    }

    public override string ToString() => Form switch
    {
        _ when Nanos.IsZero => "0",
        QuantityForm.BinarySI when BigInteger.Abs(Nanos) >= 1024 * One => Reduce(Up(Nanos, One), 1024, Binary),
        QuantityForm.DecimalExponent => Reduce(Nanos, 1000, ["e-9", "e-6", "e-3", "", "e3", "e6", "e9", "e12", "e15", "e18"]),
        _ => Reduce(Nanos, 1000, Decimal),
    };

    /// <summary>Takes out as many factors as there are suffixes for.</summary>
    private static string Reduce(BigInteger amount, int factor, string[] suffixes)
    {
        var index = 0;
        for (; index < suffixes.Length - 1 && amount % factor == 0; index++) amount /= factor;
        return amount.ToString(CultureInfo.InvariantCulture) + suffixes[index];
    }

    private static (BigInteger Factor, BigInteger Divisor, QuantityForm Form) Scale(string suffix)
    {
        if (suffix.Length > 1 && suffix[0] is 'e' or 'E' && int.TryParse(suffix.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent) && Math.Abs(exponent) <= 30)
            return (BigInteger.Pow(10, Math.Max(exponent, 0)), BigInteger.Pow(10, Math.Max(-exponent, 0)), QuantityForm.DecimalExponent);
        if (Array.IndexOf(Decimal, suffix) is >= 0 and var power)
            return (BigInteger.Pow(1000, Math.Max(power - 3, 0)), BigInteger.Pow(1000, Math.Max(3 - power, 0)), QuantityForm.DecimalSI);
        if (Array.IndexOf(Binary, suffix) is > 0 and var shift) return (BigInteger.Pow(1024, shift), 1, QuantityForm.BinarySI);
        throw new DecodeException("unable to parse quantity's suffix");
    }

    /// <summary>Divides; what remains counts as one more, away from zero.</summary>
    private static BigInteger Up(BigInteger amount, BigInteger divisor)
    {
        var whole = BigInteger.DivRem(amount, divisor, out var rest);
        return rest.IsZero ? whole : whole + amount.Sign;
    }

    [GeneratedRegex(@"^([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))([eEinumkKMGTP]*[-+]?[0-9]*)$")]
    private static partial Regex Pattern();
}

/// <summary>The family of suffixes an amount was written with.</summary>
internal enum QuantityForm
{
    DecimalSI,
    BinarySI,
    DecimalExponent,
}
