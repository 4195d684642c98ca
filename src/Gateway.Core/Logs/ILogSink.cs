namespace Gateway.Core.Logs;

/// <summary>What takes the lines of a log, piece by piece: no line is ever held whole.</summary>
public interface ILogSink
{
    /// <summary>A line begins. Its time is as the cluster wrote it, and empty where it wrote none.</summary>
    void Start(ReadOnlySpan<byte> time);

    /// <summary>More of the line.</summary>
    void Text(ReadOnlySpan<byte> bytes);

    /// <summary>The line ends; the mark is that of the last line that has a time.</summary>
    void Finish(LogMark? mark);

    /// <summary>Lines may be missing here, and the end of the line before.</summary>
    void Gap();
}
