using System.Text;
using Gateway.Core.Logs;
using Xunit;

namespace Gateway.Core.Tests.Logs;

public sealed class LogReaderTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 100)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Read_CutAtRandom_GivesEveryLineOnce(int seed)
    {
        var random = new Random(seed);
        var log = WrittenLog.Random(random, lines: 60);
        var (taken, reader) = (new TakenLog(), new LogReader(null, null));

        for (var cuts = random.Next(1, 20); cuts > 0; cuts--)
        {
            var sent = log.Send(reader.Mark?.AskFrom);
            Feed(reader, sent.AsSpan(0, random.Next(sent.Length)), random, taken);
            reader = new LogReader(reader.Mark, null);
        }
        Feed(reader, log.Send(reader.Mark?.AskFrom), random, taken);

        Assert.Equal(Whole(log.Texts), taken.Text);
        Assert.False(reader.Seeks);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Read_FromATokenOfAnyLine_GoesOnRightAfterIt(int seed)
    {
        var random = new Random(seed);
        var log = WrittenLog.Random(random, lines: 40);
        var first = new TakenLog();
        new LogReader(null, null).Read(log.Send(), first);
        var given = random.Next(first.Marks.Count);
        var (mark, rest) = (LogMark.Parse(first.Marks[given].ToString()), new TakenLog());

        new LogReader(mark, null).Read(log.Send(mark!.Value.AskFrom), rest);

        Assert.Equal(Whole(log.Texts.Skip(given + 1)), rest.Text);
    }

    [Fact]
    public void Read_OfTheEndOfALog_GoesOnAfterTheLastLineOfOneTime()
    {
        var log = new WrittenLog().Add(5, "one").Add(5, "two").Add(5, "three");
        var (taken, reader) = (new TakenLog(), new LogReader(null, null));
        reader.Read(log.Send(tail: 1), taken);

        log.Add(5, "four");
        reader = new LogReader(reader.Mark, null);
        reader.Read(log.Send(reader.Mark?.AskFrom), taken);

        Assert.Equal("three\nfour\n", taken.Text);
    }

    [Fact]
    public void Read_WhereLinesAreForgotten_SaysThatThereIsAGap()
    {
        var log = new WrittenLog().Add(0, "one").Add(10, "two");
        var (taken, reader) = (new TakenLog(), new LogReader(null, null));
        reader.Read(log.Send(), taken);

        log.Add(20, "three").Add(30, "four");
        reader = new LogReader(reader.Mark, null);
        reader.Read(log.Send(reader.Mark?.AskFrom, forgotten: 2), taken);

        Assert.Equal("one\ntwo\n<gap>three\nfour\n", taken.Text);
    }

    [Fact]
    public void Read_WhereNothingComesAgain_StillSeeks()
    {
        var reader = new LogReader(null, null);
        reader.Read(new WrittenLog().Add(0, "one").Send(), new TakenLog());

        reader = new LogReader(reader.Mark, null);
        reader.Read([], new TakenLog());

        Assert.True(reader.Seeks);
    }

    [Fact]
    public void Read_WhereAnotherTextStandsAtTheTime_DoesNotTakeItForTheLine()
    {
        var (taken, reader) = (new TakenLog(), new LogReader(null, null));
        reader.Read(new WrittenLog().Add(0, "given").Send(), taken);

        reader = new LogReader(reader.Mark, null);
        reader.Read(new WrittenLog().Add(0, "another").Add(1, "next").Send(), taken);

        Assert.Equal("given\n<gap>next\n", taken.Text);
    }

    [Fact]
    public void Read_FromATimeWithinASecond_LeavesOutWhatIsBefore()
    {
        var log = new WrittenLog().Add(100_000_000, "before").Add(700_000_000, "after");
        var taken = new TakenLog();

        new LogReader(null, LogTime.Of(new(2026, 1, 1, 12, 0, 0, 500, TimeSpan.Zero))).Read(log.Send(), taken);

        Assert.Equal("after\n", taken.Text);
    }

    [Theory]
    [InlineData("no time\n", "no time\n")]
    [InlineData("\n", "\n")]
    [InlineData("2026-01-01T12:00:00.000000001Z \n", "\n")]
    [InlineData("2026-01-01T12:00:00.000000001Z\n", "\n")]
    [InlineData("2026-01-01T14:00:00.5+02:00 x y\n", "x y\n")]
    [InlineData("a-word-that-is-much-longer-than-any-time-could-be-written z\n", "a-word-that-is-much-longer-than-any-time-could-be-written z\n")]
    [InlineData("2026-01-01T12:00:00Z no end", "no end")]
    public void Read_OfAnyLine_LeavesOutTheTimeAlone(string sent, string expected)
    {
        for (var cut = 0; cut <= sent.Length; cut++)
        {
            var (taken, reader) = (new TakenLog(), new LogReader(null, null));
            reader.Read(Encoding.UTF8.GetBytes(sent[..cut]), taken);
            reader.Read(Encoding.UTF8.GetBytes(sent[cut..]), taken);
            Assert.Equal(expected, taken.Text);
        }
    }

    [Fact]
    public void Read_WithTimes_GivesThemAsTheClusterWroteThem()
    {
        var taken = new TakenLog { WithTimes = true };

        new LogReader(null, null).Read("2026-01-01T14:00:00.123456789+02:00 x\n"u8, taken);

        Assert.Equal("2026-01-01T14:00:00.123456789+02:00 x\n", taken.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("1.0.3.ff.0")]
    [InlineData("1.1.3.xyz.0")]
    [InlineData("-1.1.3.ff.0")]
    [InlineData("9223372036854775807.1.3.ff.1")]
    public void Parse_OfWhatIsNoToken_IsNull(string token) => Assert.Null(LogMark.Parse(token));

    private static void Feed(LogReader reader, ReadOnlySpan<byte> sent, Random random, TakenLog taken)
    {
        while (!sent.IsEmpty)
        {
            var piece = Math.Min(sent.Length, random.Next(1, 50));
            reader.Read(sent[..piece], taken);
            sent = sent[piece..];
        }
    }

    private static string Whole(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));
}
