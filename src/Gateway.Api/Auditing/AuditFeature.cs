namespace Gateway.Api.Auditing;

/// <summary>The audit log: one event for every change that was asked for.</summary>
internal static class AuditFeature
{
    /// <summary>Registers what writes it.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services) => services.AddSingleton<Audit>();

    /// <summary>Writes the event when the answer is known, refusals included.</summary>
    public static void UseAudit(this WebApplication app)
    {
        var audit = app.Services.GetRequiredService<Audit>();
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            finally
            {
                audit.Record(context);
            }
        });
    }
}
