using Microsoft.Net.Http.Headers;
using Serilog.Core;

namespace Gateway.Api.Errors;

/// <summary>Every refusal as problem+json.</summary>
internal static class ErrorFeature
{
    /// <summary>Registers the handler of exceptions.</summary>
    public static IServiceCollection AddErrors(this IServiceCollection services) =>
        services.AddSingleton<ProblemHandler>().AddExceptionHandler<ProblemHandler>().AddSingleton<ILogEventFilter, BrokenAnswers.Silence>()
            .Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);

    /// <summary>Answers what ends in an exception, and what routing refuses.</summary>
    public static void UseErrors(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = null, ExceptionHandler = _ => Task.CompletedTask });
        app.UseStatusCodePages(context => WithoutBody(context.HttpContext).ExecuteAsync(context.HttpContext));
        app.Use((context, next) =>
        {
            RefuseCharset(context.Request);
            return next(context);
        });
    }

    // JSON is UTF-8 (https://www.rfc-editor.org/rfc/rfc8259#section-8.1); the reader takes a quoted or unknown name for a defect.
    private static void RefuseCharset(HttpRequest request)
    {
        if (request.GetTypedHeaders().ContentType is not { Charset.HasValue: true } type)
            return;
        if (!HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            throw new ProblemException(ProblemTypes.UnsupportedMediaType.With("Send the body in UTF-8."));
        request.ContentType = type.MediaType.Value;
    }

    /// <summary>What an answer says that has a status and nothing else, as routing leaves it.</summary>
    public static Problem WithoutBody(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => ProblemTypes.NotFound.With("Nothing is served at this address."),
        StatusCodes.Status405MethodNotAllowed => ProblemTypes.MethodNotAllowed.With($"{context.Request.Method} is not possible here; the Allow header says what is."),
        StatusCodes.Status415UnsupportedMediaType => ProblemTypes.UnsupportedMediaType.With("Send the body as Content-Type: application/json."),
        StatusCodes.Status406NotAcceptable => ProblemTypes.NotAcceptable.With("The Accept header names nothing that this address gives."),
        StatusCodes.Status408RequestTimeout => RequestProblems.TooSlow,
        StatusCodes.Status413PayloadTooLarge => RequestProblems.TooLarge,
        >= StatusCodes.Status500InternalServerError => ProblemTypes.InternalError.With("This is a defect of the gateway."),
        _ => ProblemTypes.MalformedRequest.With("The request cannot be read."),
    };
}
