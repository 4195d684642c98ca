using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Embedded.Api.Tables;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Api.Reading;

/// <summary>Get and list.</summary>
internal sealed class Reads(ClusterObjects objects)
{
    public Task GetAsync(ApiRequest request)
    {
        var found = objects.Get(request.Type!, request.Space, request.Name!);
        return ObjectTable.IsWanted(request.Http)
            ? request.Http.AnswerAsync(200, ObjectTable.Of(found.Type, [found], new JsonObject { ["resourceVersion"] = found.Version.ToString() }, objects.Time.GetUtcNow()))
            : request.Http.AnswerAsync(200, found);
    }

    public async Task ListAsync(ApiRequest request)
    {
        var selection = Selection.From(request);
        var page = Page.Of(objects.Store.List(request.Type!, request.Space), objects.Store.Changes(request.Type!).Horizon, request, selection);
        if (ObjectTable.IsWanted(request.Http)) await request.Http.AnswerAsync(200, ObjectTable.Of(request.Type!, page.Items, page.Metadata, objects.Time.GetUtcNow()));
        else await WriteAsync(request, page);
    }

    private static async Task WriteAsync(ApiRequest request, Page page)
    {
        request.Http.Response.ContentType = "application/json";
        var body = request.Http.Response.BodyWriter;
        body.Write(Encoding.UTF8.GetBytes(page.Head(request.Type!)));
        foreach (var (item, index) in page.Items.Select((item, index) => (item, index)))
        {
            if (index > 0) body.Write(","u8);
            Write(body, item);
            if (body.UnflushedBytes > 1 << 20) await body.FlushAsync(request.Http.RequestAborted);
        }
        body.Write("]}"u8);
        await body.FlushAsync(request.Http.RequestAborted);
    }

    /// <summary>Items of a list come without their kind, except those of custom resources.</summary>
    private static void Write(IBufferWriter<byte> body, StoredObject item)
    {
        if (item.Type.Custom) body.Write(item.Type.Prefix);
        body.Write(item.Json.Span[(item.Type.Custom ? 1 : 0)..]);
    }
}
