namespace Gateway.Core.Workloads;

/// <summary>What is added to a `namePrefix`.</summary>
public static class NameSuffix
{
    private const int Digits = 8;

    /// <summary>How many characters it has, the `-` before it included.</summary>
    public const int Length = Digits + 1;

    /// <summary>The submission with its name: the prefix, and a suffix that is the same for the same seed. One that has a name stays as it is.</summary>
    public static WorkloadSubmission WithName(this WorkloadSubmission request, string seed) =>
        request.NamePrefix is null ? request : request with { Name = $"{request.NamePrefix}-{Fingerprint.OfKey(seed)[..Digits]}" };
}
