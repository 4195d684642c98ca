namespace Gateway.Embedded.Kinds;

/// <summary>Rules that many kinds share.</summary>
internal static class Validation
{
    public static void NotNegative(FieldErrors errors, string field, long? value)
    {
        if (value < 0) errors.Invalid(field, value, "must be greater than or equal to 0");
    }
}
