using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Api.Tests.Bodies;

/// <summary>A request as it goes over the wire: a client sends all of its body, or none.</summary>
internal sealed class RawRequest : IDisposable
{
    private readonly TcpClient _connection = new();

    /// <summary>Sends the head of a request, whose body is to have so many bytes.</summary>
    public static async Task<RawRequest> PostAsync(Uri gateway, string path, int length, string? token = null)
    {
        var request = new RawRequest();
        await request._connection.ConnectAsync(gateway.Host, gateway.Port);
        var authorization = token is null ? "" : $"Authorization: Bearer {token}\r\n";
        await request.SendAsync($"POST {path} HTTP/1.1\r\nHost: {gateway.Authority}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n{authorization}\r\n");
        return request;
    }

    public async Task SendAsync(string text) => await _connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));

    /// <summary>The status of the answer, once there is one.</summary>
    public async Task<int> StatusAsync() => int.Parse((await AnswerAsync()).Split(' ')[1], CultureInfo.InvariantCulture);

    /// <summary>What there is of the answer.</summary>
    public async Task<string> AnswerAsync()
    {
        var buffer = new byte[8192];
        return Encoding.ASCII.GetString(buffer, 0, await _connection.GetStream().ReadAsync(buffer));
    }

    public void Dispose() => _connection.Dispose();
}
