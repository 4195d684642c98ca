using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Gateway.Api.OpenApi;

/// <summary>What stands above all routes.</summary>
internal sealed class DocumentText : IOpenApiDocumentTransformer
{
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
        return Task.CompletedTask;
    }
}
