namespace Gateway.Api.Auditing;

/// <summary>The audit log: one event for every change that was asked for.</summary>
internal static class AuditFeature
{
    /// <summary>Registers what writes and counts it.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services) => services.AddSingleton<Audit>().AddSingleton<SubmissionCount>();

    /// <summary>Writes the event when the answer is known, refusals included, and counts submissions.</summary>
    public static void UseAudit(this WebApplication app)
    {
        var (audit, submissions) = (app.Services.GetRequiredService<Audit>(), app.Services.GetRequiredService<SubmissionCount>());
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            finally
            {
                audit.Record(context);
                submissions.Record(context);
            }
        });
    }
}
