using System.Net.Sockets;
using System.Text;

namespace Gateway.Api.Tests.Logs;

/// <summary>An answer as it comes over the wire: a client shows neither how an answer ends nor what came before it broke.</summary>
internal sealed class RawFollow : IDisposable
{
    private readonly TcpClient _connection = new();
    private readonly StringBuilder _answer = new();
    private readonly byte[] _buffer = new byte[4096];

    public static async Task<RawFollow> OpenAsync(Uri gateway, string request)
    {
        var follow = new RawFollow();
        await follow._connection.ConnectAsync(gateway.Host, gateway.Port);
        await follow._connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{request}\r\nHost: localhost\r\nAccept: text/plain\r\n\r\n"));
        return follow;
    }

    /// <summary>All that came until something was there.</summary>
    public async Task<string> UntilAsync(string part)
    {
        while (!_answer.ToString().Contains(part, StringComparison.Ordinal))
        {
            if (!await ReadAsync())
                throw new EndOfStreamException($"The answer ended without {part}: {_answer}");
        }
        return _answer.ToString();
    }

    /// <summary>All that came until the connection was closed.</summary>
    public async Task<string> ToEndAsync()
    {
        while (await ReadAsync())
        {
        }
        return _answer.ToString();
    }

    public void Dispose() => _connection.Dispose();

    private async Task<bool> ReadAsync()
    {
        var read = await _connection.GetStream().ReadAsync(_buffer);
        _answer.Append(Encoding.ASCII.GetString(_buffer, 0, read));
        return read > 0;
    }
}
