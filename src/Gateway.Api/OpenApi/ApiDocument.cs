using Gateway.Api.Identity;
using Microsoft.Extensions.Options;

namespace Gateway.Api.OpenApi;

/// <summary>The API document and the page to try it out.</summary>
internal static class ApiDocument
{
    /// <summary>Registers the document.</summary>
    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.AddDocumentTransformer<DocumentText>();
        options.AddOperationTransformer<OperationText>();
        options.AddSchemaTransformer<SchemaRules>();
    });

    /// <summary>Maps the document and Swagger UI, which is also where a browser that asks for nothing else is sent.</summary>
    public static void MapApiDocument(this WebApplication app)
    {
        app.MapGet("/", () => Results.LocalRedirect("~/swagger")).AllowAnonymous().ExcludeFromDescription();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        var signIn = app.Services.GetRequiredService<IOptions<AuthenticationOptions>>().Value.SignIns().FirstOrDefault();
        app.UseSwaggerUI(page =>
        {
            if (signIn.Issuer?.ClientId is { } client)
            {
                page.OAuthClientId(client);
                page.OAuthUsePkce();
                page.OAuthScopes("openid", "profile", "email");
            }

            page.RoutePrefix = "swagger";
            page.DocumentTitle = "Workload gateway";
            page.SwaggerEndpoint("../openapi/v1.json", "Workload gateway");
            page.DisplayRequestDuration();
            page.EnableTryItOutByDefault();
        });
    }
}
