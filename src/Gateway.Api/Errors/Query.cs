namespace Gateway.Api.Errors;

/// <summary>Refusals of what stands in the query or a header.</summary>
internal static class Query
{
    /// <summary>400 for one parameter, which reads as a sentence with its name before it.</summary>
    public static ProblemException Refuse(string name, string because) =>
        new(ProblemTypes.MalformedRequest.With($"{name} {because}.") with { Errors = new Dictionary<string, string[]> { [name] = [because] } });
}
