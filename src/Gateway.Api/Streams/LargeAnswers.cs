using System.Text;
using Gateway.Api.Errors;

namespace Gateway.Api.Streams;

/// <summary>
/// Sends answers that are in memory as a whole, such as a page of a list. What its reader does not take stays there, so that only so much
/// may be under way at a time, of each caller and of all.
/// </summary>
internal sealed class LargeAnswers : IDisposable
{
    // What the server's own buffer takes is gone at once.
    private const int Unit = 64 * 1024;
    private const int PerCaller = (16 << 20) / Unit;
    private const int Total = (64 << 20) / Unit;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private readonly CallerPlaces _room = new(PerCaller, Total);

    /// <summary>Sends the body of an answer. Ends the request with 429 where too much is under way, before anything was sent.</summary>
    public async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> answer)
    {
        if (answer.Length <= Unit)
        {
            await context.Response.Body.WriteAsync(answer, context.RequestAborted);
            return;
        }
        using var room = _room.TryTake(context, 1 + ((answer.Length - 1) / Unit), out var ofCaller) ?? throw Refuse(ofCaller);
        var body = StreamBody.Of(context);
        try
        {
            await body.WriteAsync(answer, context.RequestAborted);
            await body.FlushAsync(context.RequestAborted);
        }
        catch (OperationCanceledException) when (body.IsCutOff)
        {
            // Its connection is closed: there is nobody to be told.
        }
    }

    public void Dispose() => _room.Dispose();

    private static ProblemException Refuse(bool ofCaller) => new(ProblemTypes.TooManyRequests.With(
        $"Answers of {(ofCaller ? "16 MiB to this caller" : "64 MiB")} are being sent, and their readers have not taken them yet.") with { RetryAfter = Soon });
}

/// <summary>A text as an answer, however large.</summary>
internal sealed class TextAnswer(string text, string contentType) : IResult
{
    public Task ExecuteAsync(HttpContext context)
    {
        var body = Encoding.UTF8.GetBytes(text);
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        return context.RequestServices.GetRequiredService<LargeAnswers>().SendAsync(context, body);
    }
}
