using System.Net;
using System.Net.Sockets;

namespace Gateway.Bench.Gateway;

/// <summary>The way to a server, which can be cut: then connections break, and new ones are refused.</summary>
internal sealed class Relay : IDisposable
{
    private readonly IPEndPoint server;
    private readonly HashSet<Socket> sockets = [];
    private TcpListener? listener;

    public Relay(Uri server)
    {
        this.server = IPEndPoint.Parse($"{server.Host}:{server.Port}");
        Open(0);
        Address = new($"{server.Scheme}://{listener!.LocalEndpoint}");
    }

    public Uri Address { get; }

    public void Cut()
    {
        listener!.Stop();
        listener = null;
        lock (sockets)
        {
            foreach (var socket in sockets) socket.Dispose();
            sockets.Clear();
        }
    }

    public void Mend() => Open(Address.Port);

    public void Dispose()
    {
        if (listener is not null) Cut();
    }

    private void Open(int port)
    {
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        _ = AcceptAsync(listener);
    }

    private async Task AcceptAsync(TcpListener open)
    {
        try
        {
            while (true) _ = CarryAsync(await open.AcceptSocketAsync());
        }
        catch (SocketException)
        {
            // It was cut.
        }
    }

    private async Task CarryAsync(Socket near)
    {
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        lock (sockets) sockets.UnionWith([near, far]);
        try
        {
            await far.ConnectAsync(server);
            await Task.WhenAny(CopyAsync(near, far), CopyAsync(far, near));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It was cut, or one side has hung up.
        }
        near.Dispose();
        lock (sockets) sockets.ExceptWith([near, far]);
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer) is var count and > 0)
        {
            for (var sent = 0; sent < count;) sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
        }
    }
}
