using System.Net;
using System.Net.Sockets;

namespace Gateway.Api.Tests;

/// <summary>Ports for programs that have to be told theirs.</summary>
internal static class Ports
{
    // Below those that a system gives to whoever asks for any port: a program that is killed finds its own free when it starts again.
    private const int First = 15000;
    private const int Count = 15000;

    private static int _last = Random.Shared.Next(Count);

    /// <summary>One that nobody listens on at this moment, and that nobody else is given here.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _last) % Count);
            if (IsFree(port))
                return port;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
