namespace Gateway.Api.Identity;

/// <summary>When the credentials of a request run out, where they tell. Only streams ask.</summary>
internal sealed class CallerLife(string token)
{
    // What ends in decades needs no timer, and could not have one.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    private DateTimeOffset? End => Jwt.EndOf(token);

    /// <summary>Cancelled when the credentials of the request run out.</summary>
    public static CancellationTokenSource Clock(HttpContext context, TimeProvider time)
    {
        var left = context.Features.Get<CallerLife>()?.End - time.GetUtcNow() ?? Longest;
        return new(left < TimeSpan.Zero ? TimeSpan.Zero : left < Longest ? left : Longest, time);
    }
}
