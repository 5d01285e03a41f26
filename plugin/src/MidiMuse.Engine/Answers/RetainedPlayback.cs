using MidiMuse.Engine.Link;

namespace MidiMuse.Engine.Answers;

/// <summary>
/// Plays a finished or restored answer like a clip: at its place in the project, in every pass of a loop. [engine]
/// </summary>
public sealed class RetainedPlayback
{
    private readonly ICommandSink _sink;
    private IReadOnlyList<AnswerBar> _bars = [];
    private double _offsetPpq;
    private int _next;

    public RetainedPlayback(ICommandSink sink) => _sink = sink;

    /// <summary>Timeline position up to which bars have been sent; nothing is pending beyond it.</summary>
    public double SentUntilPpq { get; private set; } = double.NegativeInfinity;

    /// <summary>Begins anew: bars that end at or before a project position are over.</summary>
    public void Start(IReadOnlyList<AnswerBar> bars, in TransportSnapshot transport, double fromProjectPpq)
    {
        _bars = bars;
        SentUntilPpq = double.NegativeInfinity;
        Enter(transport.PassOffsetPpq, fromProjectPpq);
    }

    /// <summary>Other bars at the same place, from the next bar line on; what was sent beyond it is taken back.</summary>
    /// <param name="nowPpq">Timeline position at which they were changed.</param>
    public void Replace(IReadOnlyList<AnswerBar> bars, in TransportSnapshot transport, double nowPpq, uint planId)
    {
        var fromPpq = transport.BarLineAtOrAfter(nowPpq);
        if (SentUntilPpq > fromPpq)
            _sink.SendBar(transport.Epoch, planId, fromPpq, SentUntilPpq, [], isFallback: false, isProvisional: false, fromPpq);
        var offsetPpq = _bars.Count > 0 ? _offsetPpq : transport.PassOffsetPpq;
        _bars = bars;
        SentUntilPpq = Math.Min(SentUntilPpq, fromPpq);
        Enter(offsetPpq, fromPpq - offsetPpq);
    }

    public void Stop()
    {
        _bars = [];
        _next = 0;
    }

    /// <summary>Sends every bar that begins before a timeline position.</summary>
    /// <param name="horizonPpq">How far the plan is final: a new capture may still take the rest back.</param>
    public void Feed(in TransportSnapshot transport, uint planId, double untilPpq, double horizonPpq)
    {
        if (_bars.Count == 0)
            return;
        if (transport.PassOffsetPpq > _offsetPpq + TransportSnapshot.ResolutionPpq)
            Enter(transport.PassOffsetPpq, transport.ProjectPpq);
        while (true)
        {
            var passEndPpq = PassEnd(transport);
            var limitPpq = Math.Min(untilPpq, passEndPpq) - TransportSnapshot.ResolutionPpq;
            while (_next < _bars.Count && _bars[_next].StartPpq + _offsetPpq < limitPpq)
                Send(_bars[_next++], transport, planId, horizonPpq);
            if (passEndPpq >= untilPpq)
                return;
            Enter(_offsetPpq + (transport.CycleEndPpq - transport.CycleStartPpq), transport.CycleStartPpq);
        }
    }

    private void Enter(double offsetPpq, double projectPpq)
    {
        _offsetPpq = offsetPpq;
        _next = 0;
        while (_next < _bars.Count && _bars[_next].EndPpq <= projectPpq + TransportSnapshot.ResolutionPpq)
            _next++;
    }

    private double PassEnd(in TransportSnapshot transport)
    {
        if (!transport.Cycling)
            return double.PositiveInfinity;
        var endPpq = transport.CycleEndPpq + _offsetPpq;
        // A position beyond the loop's end plays on without wrapping.
        return transport.BlockStartPpq < endPpq - TransportSnapshot.ResolutionPpq ? endPpq : double.PositiveInfinity;
    }

    private void Send(AnswerBar bar, in TransportSnapshot transport, uint planId, double horizonPpq)
    {
        var startPpq = Math.Max(bar.StartPpq + _offsetPpq, transport.BlockStartPpq);
        var endPpq = bar.EndPpq + _offsetPpq;
        var notes = Array.FindAll(bar.NotesAt(_offsetPpq), note => note.OnsetPpq >= startPpq - TransportSnapshot.ResolutionPpq);
        _sink.SendBar(transport.Epoch, planId, startPpq, endPpq, notes, bar.Origin == BarOrigin.Fallback, isProvisional: false, horizonPpq);
        SentUntilPpq = endPpq;
    }
}
