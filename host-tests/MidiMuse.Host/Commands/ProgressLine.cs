using MidiMuse.Host.Motifs;
using MidiMuse.Host.Performances;
using MidiMuse.Host.Plugins;

namespace MidiMuse.Host.Commands;

/// <summary>One line on the error stream that says how far the performance is; nothing where that is a file.</summary>
internal sealed class ProgressLine : IDisposable
{
    private const int BarCells = 30;

    private readonly MotifSession _session;
    private readonly HostedPlugin _plugin;
    private readonly HostedParameter? _status;
    private int _length;

    internal ProgressLine(MotifSession session, HostedPlugin plugin)
    {
        _session = session;
        _plugin = plugin;
        _status = plugin.FindParameter("Status");
    }

    internal void Report(Performance performance)
    {
        if (Console.IsErrorRedirected)
            return;
        var share = Math.Clamp(performance.PlayedPpq / _session.EndPpq, 0, 1);
        var done = (int)(share * BarCells);
        var part = performance.PlayedPpq < _session.AnswerStartPpq ? "motif" : "answer";
        var status = _status is null ? "" : _plugin.DisplayText(_status, _plugin.GetNormalized(_status));
        Show($"{new string('█', done)}{new string('░', BarCells - done)} {share,4:P0} {part} {status}");
    }

    internal void Clear()
    {
        if (_length > 0)
            Console.Error.Write($"\r{new string(' ', _length)}\r");
        _length = 0;
    }

    public void Dispose() => Clear();

    private void Show(string text)
    {
        Console.Error.Write($"\r{text.PadRight(_length)}");
        _length = Math.Max(_length, text.Length);
    }
}
