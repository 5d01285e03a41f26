using System.Diagnostics;

namespace MidiMuse.Models.Commands;

/// <summary>Says on stderr how far a long command is: rewritten in a terminal, a line every few seconds in a file.</summary>
public sealed class ProgressLine
{
    private static readonly TimeSpan InTerminal = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan InFile = TimeSpan.FromSeconds(5);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _last = TimeSpan.MinValue;

    public void Show(string text)
    {
        var now = _watch.Elapsed;
        if (_last != TimeSpan.MinValue && now - _last < (Console.IsErrorRedirected ? InFile : InTerminal))
            return;
        _last = now;
        Write(text);
    }

    public void Finish(string text)
    {
        Write($"{text} ({_watch.Elapsed.TotalSeconds:0.0} s)");
        if (!Console.IsErrorRedirected)
            Console.Error.WriteLine();
    }

    private static void Write(string text)
    {
        if (Console.IsErrorRedirected)
            Console.Error.WriteLine(text);
        else
            Console.Error.Write("\r\u001b[K" + text);
    }
}
