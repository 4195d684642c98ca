using Gateway.Api.Access;
using Gateway.Api.Cluster;
using Gateway.Api.Errors;
using Gateway.Api.Identity;
using Gateway.Api.Logs.Writing;
using Gateway.Api.Projects;
using Gateway.Api.Streams;
using Gateway.Core.Logs;
using k8s;
using k8s.Models;

namespace Gateway.Api.Logs;

/// <summary>The log itself, for as long as it goes on. What fails once the answer has begun is said within it.</summary>
internal sealed class LogAnswer(ProjectAccess access, IKubernetesObject<V1ObjectMeta> owner, LogRequest request, LogSource? source) : IResult
{
    public async Task ExecuteAsync(HttpContext context)
    {
        var services = context.RequestServices;
        using var place = services.GetRequiredService<StreamPlaces>().Take(context, "logs");
        var time = services.GetRequiredService<TimeProvider>();
        using var life = StreamLife.Of(context, time);
        var body = StreamBody.Of(context);
        var writer = LogWriter.For(context, body, request.MediaType, request.Timestamps);
        using var pulse = new Pulse(time, beat => BeatAsync(writer, beat, life.Token));
        var stream = new LogStream(services.GetRequiredService<LogFinder>(), services.GetRequiredService<ClusterLogs>(), access.Project, owner, request, writer, pulse);
        try
        {
            await stream.RunAsync(source, life.Token);
        }
        catch (OperationCanceledException) when (life.WhyItEnded is { } why && !context.RequestAborted.IsCancellationRequested)
        {
            await EndAsync(writer, why, context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested || body.IsCutOff)
        {
            // Nobody reads any more.
        }
        catch (ProblemException e) when (writer.HasStarted)
        {
            await EndAsync(writer, e.Problem, context);
        }
        catch (ClusterException e) when (writer.HasStarted)
        {
            await EndAsync(writer, e.ToProblem(), context);
        }
    }

    // A right that is taken away ends what it once allowed.
    private async Task BeatAsync(LogWriter writer, int beat, CancellationToken cancellationToken)
    {
        await writer.BeatAsync(cancellationToken);
        if (beat % 4 == 0)
            await access.RequireAsync(Right.Logs, cancellationToken);
    }

    private static Task EndAsync(LogWriter writer, Problem problem, HttpContext context) =>
        writer.HasStarted ? writer.FailAsync(problem, context.RequestAborted) : throw new ProblemException(problem);
}
