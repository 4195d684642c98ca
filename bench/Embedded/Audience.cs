namespace Gateway.Bench.Embedded;

/// <summary>Watchers of one address; each event is a line, and they count the lines they have heard.</summary>
internal sealed class Audience(int watchers) : IDisposable
{
    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false });
    private TaskCompletionSource everybody = new();
    private int missing;

    /// <summary>Opens every watch; each begins with what is yet to come.</summary>
    public async Task OpenAsync(Uri address)
    {
        foreach (var group in Enumerable.Range(0, watchers).Chunk(50))
        {
            var streams = await Task.WhenAll(group.Select(_ => OpenOneAsync(new Uri($"{address}?watch=1"))));
            foreach (var stream in streams) _ = ListenAsync(stream);
        }
    }

    /// <summary>Ends once every watcher has heard one event more.</summary>
    public Task NextEventAsync()
    {
        everybody = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref missing, watchers);
        return everybody.Task;
    }

    public void Dispose() => http.Dispose();

    private async Task<Stream> OpenOneAsync(Uri address)
    {
        var answer = await http.SendAsync(EmbeddedServer.Request(HttpMethod.Get, address), CancellationToken.None);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
    }

    private async Task ListenAsync(Stream stream)
    {
        var buffer = new byte[8 * 1024];
        try
        {
            while (await stream.ReadAsync(buffer) is > 0 and var length)
                for (var lines = buffer.AsSpan(0, length).Count((byte)'\n'); lines > 0; lines--)
                    if (Interlocked.Decrement(ref missing) == 0) everybody.TrySetResult();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The server has been stopped.
        }
    }
}
