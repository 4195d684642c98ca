using System.Text;
using Gateway.Api.Logs.Writing;
using Gateway.Api.Streams;
using Gateway.Core.Logs;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Gateway.Api.Tests.Logs;

public sealed class LogWriterTests
{
    private static readonly LogMark Mark = new() { Time = 1, Nth = 1, Latest = 1, Complete = true, Hash = 255 };

    [Theory]
    [InlineData("plain", "data: plain\nid: p/c/r/1.1.0.ff.0\n\n")]
    [InlineData("", "data: \nid: p/c/r/1.1.0.ff.0\n\n")]
    [InlineData("10%\r20%", "data: 10%\ndata: 20%\nid: p/c/r/1.1.0.ff.0\n\n")]
    [InlineData("of Windows\r", "data: of Windows\nid: p/c/r/1.1.0.ff.0\n\n")]
    [InlineData("grün 🚀", "data: grün 🚀\nid: p/c/r/1.1.0.ff.0\n\n")]
    public async Task Event_OfALine_HasItsTextHoweverItIsCut(string line, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        for (var cut = 0; cut <= bytes.Length; cut++)
            Assert.Equal(expected, Encoding.UTF8.GetString(await EventAsync(bytes[..cut], bytes[cut..])));
    }

    [Fact]
    public async Task Event_OfWhatIsNoUtf8_IsUtf8() =>
        Assert.Equal("data: a\uFFFDb\uFFFD\nid: p/c/r/1.1.0.ff.0\n\n", Encoding.UTF8.GetString(await EventAsync([0x61, 0xff], [0x62, 0xc3])));

    [Fact]
    public async Task Text_OfWhatIsNoUtf8_IsTheBytesThemselves() =>
        Assert.Equal(new byte[] { 0x61, 0xff, 0x0d, 0xc3, 0x0a }, await WrittenAsync(LogWriter.PlainText, [0x61, 0xff], [0x0d, 0xc3]));

    [Fact]
    public async Task Gap_WithinALine_EndsItFirst()
    {
        var (text, events) = (new Answer(), new Answer());
        foreach (var (answer, type) in new[] { (text, LogWriter.PlainText), (events, LogWriter.EventStream) })
        {
            var writer = LogWriter.For(answer.Context, answer.Stream, type, times: true);
            writer.Start("12:00"u8);
            writer.Text("half"u8);
            writer.Gap();
            await writer.FlushAsync(CancellationToken.None);
        }

        Assert.Equal("12:00 half\n--- gap: lines may be missing here ---\n", text.Text);
        Assert.Equal("data: 12:00 half\n\nevent: gap\ndata: lines may be missing here\n\n", events.Text);
    }

    private static Task<byte[]> EventAsync(params byte[][] pieces) => WrittenAsync(LogWriter.EventStream, pieces);

    private static async Task<byte[]> WrittenAsync(string mediaType, params byte[][] pieces)
    {
        var answer = new Answer();
        var writer = LogWriter.For(answer.Context, answer.Stream, mediaType, times: false);
        writer.From(new LogSource("p", "c", "r", Previous: false, Over: false));
        writer.Start("12:00"u8);
        foreach (var piece in pieces)
            writer.Text(piece);
        writer.Finish(Mark);
        await writer.FlushAsync(CancellationToken.None);
        return answer.Body.ToArray();
    }

    private sealed class Answer
    {
        public Answer() => Context.Response.Body = Body;

        public DefaultHttpContext Context { get; } = new();

        public MemoryStream Body { get; } = new();

        public StreamBody Stream => new(Context, TimeSpan.FromSeconds(30), TimeProvider.System);

        public string Text => Encoding.UTF8.GetString(Body.ToArray());
    }
}
