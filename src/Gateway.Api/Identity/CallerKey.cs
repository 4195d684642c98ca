namespace Gateway.Api.Identity;

/// <summary>Under what a caller is counted, wherever each has a limit or a share.</summary>
internal static class CallerKey
{
    /// <summary>The username; the address, where no credentials are sent; null where nobody has to be known.</summary>
    public static string? Of(HttpContext context) => context.Features.Get<Caller>() is not { } caller ? null
        : caller == Caller.Anonymous ? FailedAttempts.Key(context.Connection.RemoteIpAddress)
        : caller.Username;
}
