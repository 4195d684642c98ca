using Gateway.Api.Errors;
using Gateway.Api.Identity;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Gateway.Api.Bodies;

/// <summary>What requests bring along: read once it is known that their callers may send it, and no more at once than there is memory for.</summary>
internal static class BodyFeature
{
    /// <summary>Registers what shares out memory.</summary>
    public static IServiceCollection AddBodies(this IServiceCollection services)
    {
        services.AddOptions<BodyOptions>().BindConfiguration(BodyOptions.Section)
            .Validate(options => options.Memory is >= 16 and <= 1024, "Bodies:Memory must be 16 to 1024 MiB.").ValidateOnStart();
        return services.AddSingleton<BodyMemory>();
    }

    /// <summary>Reads the body of a request to a route that takes one.</summary>
    public static void UseBodies(this WebApplication app)
    {
        var memory = app.Services.GetRequiredService<BodyMemory>();
        app.Use((context, next) => TakesBody(context) ? TakeAsync(context, memory, next) : next(context));
    }

    private static bool TakesBody(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is not null && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is true;

    private static async Task TakeAsync(HttpContext context, BodyMemory memory, RequestDelegate next)
    {
        var caller = Caller.KeyOf(context) ?? "";
        var limit = context.GetEndpoint()!.Metadata.GetMetadata<BodyLimit>() ?? BodyLimit.Standard;
        if (context.Request.ContentLength > limit.Bytes)
            throw new ProblemException(RequestProblems.TooLarge);
        using var body = await RequestBody.ReadAsync(context.Request, bytes => memory.Reserve(caller, bytes), context.RequestAborted);
        var cost = BodyCost.Of(body.Bytes.Length, limit.Count(body.Bytes.Span));
        using var share = await memory.TakeAsync(caller, cost, context.RequestAborted);
        context.Features.Set<IRequestBodyPipeFeature>(body);
        await next(context);
    }
}
