using System.Net.Sockets;

namespace Gateway.Api.Cluster.Connection;

/// <summary>
/// Connections over which answers go on. What the reader of a log does not take stays where it comes from: the kernel would else keep up
/// to 6 MB of it for each, as memory of the container (tcp_rmem of https://docs.kernel.org/networking/ip-sysctl.html).
/// </summary>
internal static class SmallBuffers
{
    // The kernel doubles it.
    private const int ReceiveBuffer = 128 * 1024;

    /// <summary>Makes a connection for a pool, as it would by itself but for the buffer.</summary>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = ReceiveBuffer };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
