namespace Gateway.Bench.Gateway;

/// <summary>Readers of logs, a connection each; they count the lines they have had.</summary>
internal sealed class LogReaders(Uri gateway) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { BaseAddress = gateway, Timeout = Timeout.InfiniteTimeSpan };
    private readonly CancellationTokenSource left = new();
    private readonly List<Task> readers = [];
    private long lines;

    /// <summary>The lines that all have had together. Fails where a reader's log has ended.</summary>
    public long Lines => readers.Find(reader => reader.IsCompleted) is { } ended ? throw new InvalidOperationException("A log ended.", ended.Exception) : Interlocked.Read(ref lines);

    /// <summary>Follows every log; ends when each has given something.</summary>
    public async Task OpenAsync(string[] paths)
    {
        foreach (var group in paths.Chunk(50))
            readers.AddRange(await Task.WhenAll(group.Select(OpenOneAsync)));
    }

    public void Dispose()
    {
        left.Cancel();
        http.Dispose();
        left.Dispose();
    }

    // The first that comes, then a task for the rest.
    private async Task<Task> OpenOneAsync(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)) { Headers = { { "Accept", "text/plain" } } };
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, left.Token);
        var log = await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(left.Token);
        var buffer = new byte[1024];
        if (!await ReadAsync(log, buffer)) throw new InvalidOperationException("A log ended.");
        return GoOnAsync(log, buffer);
    }

    private async Task GoOnAsync(Stream log, byte[] buffer)
    {
        while (await ReadAsync(log, buffer))
        {
            // Each goes on for as long as the log does.
        }
    }

    private async Task<bool> ReadAsync(Stream log, byte[] buffer)
    {
        var read = await log.ReadAsync(buffer, left.Token);
        Interlocked.Add(ref lines, buffer.AsSpan(0, read).Count((byte)'\n'));
        return read > 0;
    }
}
