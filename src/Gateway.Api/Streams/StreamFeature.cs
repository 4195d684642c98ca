using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Streams;

/// <summary>Answers that may take long.</summary>
internal static class StreamFeature
{
    // The kernel doubles it, and would else keep up to 4 MB of what one connection does not take, as memory of the container:
    // https://docs.kernel.org/networking/ip-sysctl.html (tcp_wmem).
    private const int SendBuffer = 64 * 1024;

    // In bytes a second; what the server asks for by itself would have it keep an unread megabyte for an hour.
    private const double LeastRate = 16 * 1024;

    /// <summary>Registers their limits; one that cannot work stops the start.</summary>
    public static IServiceCollection AddStreams(this IServiceCollection services)
    {
        services.AddOptions<StreamOptions>().BindConfiguration(StreamOptions.Section)
            .Validate(options => options.PerCaller >= 0, "Streams:PerCaller must be 0 (no limit) or more.")
            .Validate(options => options.Total >= 0, "Streams:Total must be 0 (no limit) or more.")
            .Validate(options => options.StallTimeout >= TimeSpan.FromSeconds(1), "Streams:StallTimeout must be at least 00:00:01.")
            .ValidateOnStart();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<StreamOptions>>((server, streams) =>
            server.Limits.MinResponseDataRate = new(LeastRate, streams.Value.StallTimeout));
        services.Configure<SocketTransportOptions>(sockets => sockets.CreateBoundListenSocket = address =>
        {
            var listening = SocketTransportOptions.CreateDefaultBoundListenSocket(address);
            listening.SendBufferSize = SendBuffer;
            return listening;
        });
        return services.AddSingleton<StreamPlaces>().AddSingleton<LargeAnswers>();
    }
}
