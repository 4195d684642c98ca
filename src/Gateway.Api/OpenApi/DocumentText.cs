using Gateway.Api.Identity;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Gateway.Api.OpenApi;

/// <summary>What stands above all routes.</summary>
internal sealed class DocumentText(IOptions<AuthenticationOptions> authentication) : IOpenApiDocumentTransformer
{
    private const string Bearer = "bearer";
    private const string BearerText = "A token of a Kubernetes service account, made for the gateway's audience, or of an OpenID Connect issuer that the gateway knows.";

    private const string Description =
        """
        Turns one JSON document into a Kubernetes Job (`train`) or StatefulSet (`build`) for the Run:ai scheduler, and shows what became of it.

        * A **project** is a namespace with a GPU quota. A **train** has an end and runs unattended; a **build** is interactive and runs until it is deleted.
        * JSON is read strictly: an unknown field, a number as a string or a field given twice is refused, and the answer names its path.
        * Every refusal is `application/problem+json` with a `code` that does not change, and says by `retryable` whether the same request may succeed later.
        * With an `Idempotency-Key` a submission may be sent again as often as needed: it is carried out once.
        """;

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new() { Title = "Workload gateway", Version = "v1", Description = Description };
        // Relative to where the document is read, so that it holds behind any proxy and on any port.
        document.Servers = [new() { Url = ".." }];
        AddSecurity(document);
        return Task.CompletedTask;
    }

    // Any one of the requirements lets a caller in; an empty one means that none is needed.
    private void AddSecurity(OpenApiDocument document)
    {
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = BearerText },
        };
        document.Security = [new() { [new(Bearer, document)] = [] }];
        foreach (var (issuer, name) in authentication.Value.SignIns())
        {
            document.Components.SecuritySchemes[name] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.OpenIdConnect,
                OpenIdConnectUrl = new Uri($"{issuer.Issuer.TrimEnd('/')}/.well-known/openid-configuration"),
            };
            document.Security.Add(new() { [new(name, document)] = [] });
        }
        if (authentication.Value.Mode.HasFlag(AuthenticationModes.Anonymous))
            document.Security.Add([]);
    }
}
