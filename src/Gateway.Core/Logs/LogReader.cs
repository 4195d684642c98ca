namespace Gateway.Core.Logs;

/// <summary>
/// Reads what one connection gives of a log, each line with its time before it. A reader that has a mark first passes over what was
/// given before, and goes on right after the mark, within a line if need be.
/// </summary>
/// <param name="mark">What was given last; nothing yet where it is null.</param>
/// <param name="from">The time in nanoseconds since 1970 before which no line is given: the cluster knows only seconds.</param>
public sealed class LogReader(LogMark? mark, long? from)
{
    private const byte NewLine = (byte)'\n';
    private const byte Space = (byte)' ';

    private readonly byte[] _stamp = new byte[LogTime.Longest];
    private int _stampLength;
    private bool _inText;
    private bool _timed;
    private Fate _fate;
    private int _seen;
    private int _passed;
    private LogMark _candidate;

    private enum Fate
    {
        Skipped,
        Compared,
        Given,
    }

    /// <summary>The last line that was given.</summary>
    public LogMark? Mark { get; private set; } = mark;

    /// <summary>Whether what was given before has not been met again yet.</summary>
    public bool Seeks { get; private set; } = mark is not null;

    /// <summary>Takes the next bytes of the connection, however they are cut.</summary>
    public void Read(ReadOnlySpan<byte> bytes, ILogSink sink)
    {
        while (!bytes.IsEmpty)
            bytes = _inText ? ReadText(bytes, sink) : ReadStamp(bytes, sink);
    }

    private ReadOnlySpan<byte> ReadStamp(ReadOnlySpan<byte> bytes, ILogSink sink)
    {
        var room = bytes[..Math.Min(bytes.Length, _stamp.Length - _stampLength)];
        var end = room.IndexOfAny(Space, NewLine);
        var taken = end < 0 ? room : room[..end];
        taken.CopyTo(_stamp.AsSpan(_stampLength));
        _stampLength += taken.Length;
        if (end < 0 && _stampLength < _stamp.Length)
            return [];
        var stamp = _stamp.AsSpan(0, _stampLength);
        (_stampLength, _inText) = (0, true);
        bytes = bytes[taken.Length..];
        if (end >= 0 && LogTime.TryRead(stamp, out var time))
        {
            Begin(time, stamp, sink);
            return bytes[0] == Space ? bytes[1..] : bytes;
        }
        // What has no time is the rest of a line, or a word of the node's own.
        Give(!Seeks, timed: false, [], sink);
        Text(stamp, sink);
        return bytes;
    }

    private ReadOnlySpan<byte> ReadText(ReadOnlySpan<byte> bytes, ILogSink sink)
    {
        var end = bytes.IndexOf(NewLine);
        Text(end < 0 ? bytes : bytes[..end], sink);
        if (end < 0)
            return [];
        End(sink);
        _inText = false;
        return bytes[(end + 1)..];
    }

    private void Begin(long time, ReadOnlySpan<byte> stamp, ILogSink sink)
    {
        if (Seeks && time > Mark!.Value.Latest)
        {
            // What was given is not there any more, and perhaps more than that.
            Seeks = false;
            sink.Gap();
        }
        if (Seeks)
        {
            Seek(time);
            return;
        }
        var given = !(time < from);
        if (given)
            Mark = LogMark.Begin(Mark, time);
        Give(given, timed: true, stamp, sink);
    }

    private void Seek(long time)
    {
        var mark = Mark!.Value;
        // Where only the end of a log was given, lines of the same time may stand before it: then what the line says decides.
        var same = time == mark.Time && ++_seen >= mark.Nth;
        _fate = same ? Fate.Compared : Fate.Skipped;
        _candidate = LogMark.Begin(null, time);
        if (same)
            Compare([]);
    }

    private void Give(bool given, bool timed, ReadOnlySpan<byte> stamp, ILogSink sink)
    {
        (_fate, _timed) = (given ? Fate.Given : Fate.Skipped, timed);
        if (given)
            sink.Start(stamp);
    }

    private void Text(ReadOnlySpan<byte> bytes, ILogSink sink)
    {
        if (_fate == Fate.Compared)
            Compare(bytes);
        if (_fate != Fate.Given || bytes.IsEmpty)
            return;
        // Of a line that was met again, only what comes after the mark.
        var rest = bytes[_passed..];
        _passed = 0;
        if (rest.IsEmpty)
            return;
        sink.Text(rest);
        if (_timed)
            Mark = Mark!.Value.And(rest);
    }

    private void Compare(ReadOnlySpan<byte> bytes)
    {
        var mark = Mark!.Value;
        var same = bytes[..(int)Math.Min(bytes.Length, mark.Bytes - _candidate.Bytes)];
        _candidate = _candidate.And(same);
        if (_candidate.Bytes < mark.Bytes)
            return;
        if (_candidate.Hash != mark.Hash || (mark.Complete && same.Length < bytes.Length))
            _fate = Fate.Skipped;
        else if (!mark.Complete)
            (Seeks, _fate, _timed, _passed) = (false, Fate.Given, true, same.Length);
    }

    private void End(ILogSink sink)
    {
        if (_fate == Fate.Compared && Mark!.Value.Complete && _candidate.Bytes == Mark.Value.Bytes)
            Seeks = false;
        if (_fate != Fate.Given)
            return;
        if (_timed)
            Mark = Mark!.Value with { Complete = true };
        sink.Finish(Mark);
    }
}
