namespace Gateway.Api.Bodies;

/// <summary>
/// How many bytes of memory a body and the work on it take, reckoned by its length and its number of values: no less than what the most
/// costly bodies were found to allocate (bench, gateway-worst-bodies).
/// </summary>
internal static class BodyCost
{
    /// <summary>What is worked on at a time, of one request, takes at most.</summary>
    public const int MostWork = 44 << 20;

    /// <summary>A body with the work on it.</summary>
    public static int Of(int length, int values) => (length * 2) + (values * 100) + OfWork(length, values);

    /// <summary>The work on a submission, from reading it to its answer.</summary>
    public static int OfWork(int length, int values) => Math.Min((length * 42) + (values * 2_500), MostWork);
}
