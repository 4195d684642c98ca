namespace Gateway.Api.Errors;

/// <summary>A refusal that ends the request where it is found.</summary>
internal sealed class ProblemException(Problem problem, Exception? cause = null) : Exception(problem.Detail, cause)
{
    public Problem Problem { get; } = problem;
}
