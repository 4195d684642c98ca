using Gateway.Api.Errors;
using Gateway.Core.Workloads;
using Microsoft.AspNetCore.Http.Metadata;

namespace Gateway.Api.Bodies;

/// <summary>What a body may have at most. Values are counted before anything is made of them: the shortest take a thousand times their length.</summary>
internal sealed record BodyLimit(int MiB, int Values) : IRequestSizeLimitMetadata
{
    /// <summary>What a body may have where its route does not say otherwise, and each item of a batch.</summary>
    public static readonly BodyLimit Standard = new(MiB: 1, Values: 10_000);

    /// <summary>What a batch may have.</summary>
    public static readonly BodyLimit Batch = new(MiB: 8, Values: 200_000);

    public int Bytes => MiB << 20;

    long? IRequestSizeLimitMetadata.MaxRequestBodySize => Bytes;

    /// <summary>The number of values of a document. Ends the request with 413 where it is longer, or has more, than may be.</summary>
    public int Count(ReadOnlySpan<byte> json)
    {
        if (json.Length > Bytes)
            throw new ProblemException(RequestProblems.TooLarge);
        var values = JsonValues.Count(json, Values);
        return values <= Values ? values : throw new ProblemException(RequestProblems.TooManyValues(JsonValues.PathAround(json, values), Values));
    }
}
