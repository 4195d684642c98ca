using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace Gateway.Api.Tests.Live;

/// <summary>The events of a stream, one by one.</summary>
internal sealed class SseReader(HttpResponseMessage response, IAsyncEnumerator<SseItem<string>> events) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task<SseReader> OpenAsync(GatewayHost gateway, string path, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        var response = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        return new(response, SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator());
    }

    /// <summary>The next event and its workload; null when the stream has ended.</summary>
    public async Task<(string Name, JsonObject Data)?> NextAsync()
    {
        if (!await events.MoveNextAsync().AsTask().WaitAsync(Patience))
            return null;
        return (events.Current.EventType, JsonNode.Parse(events.Current.Data)!.AsObject());
    }

    /// <summary>Reads on until an event that is as wanted, and gives its workload.</summary>
    public async Task<JsonObject> UntilAsync(string name, Func<JsonObject, bool>? wanted = null)
    {
        while (await NextAsync() is { } happened)
        {
            if (happened.Name == name && wanted?.Invoke(happened.Data) != false)
                return happened.Data;
        }
        throw new InvalidOperationException($"The stream ended before {name}.");
    }

    public async ValueTask DisposeAsync()
    {
        response.Dispose();
        try
        {
            await events.DisposeAsync();
        }
        catch (Exception e) when (e is IOException or NotSupportedException or HttpRequestException)
        {
        }
    }
}
