using System.Diagnostics;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Link;
using MidiMuse.Engine.Planning;

namespace MidiMuse.Perf.Measurements;

/// <summary>
/// Stands where the audio thread is and keeps its pace by the clock, so that it can be seen when a plan arrives. At a
/// time t it has had the block that began last, with everything that was played in it.
/// </summary>
internal sealed class PacedAudioLink : IAudioLink
{
    private readonly InputEvent[] _inputs;
    private readonly Meter _meter;
    private readonly double _tempoBpm;
    private readonly double _blockPpq;
    private readonly Stopwatch _clock = new();
    private readonly List<PlannedBar> _bars = [];
    private int _nextInput;
    private double _heardPpq;

    /// <param name="inputs">In order of position, in epoch 1.</param>
    public PacedAudioLink(InputEvent[] inputs, Meter meter, double tempoBpm, double blockSeconds)
    {
        _inputs = inputs;
        _meter = meter;
        _tempoBpm = tempoBpm;
        _blockPpq = blockSeconds * tempoBpm / 60;
    }

    public const uint Epoch = 1;

    public AudioCounters Counters => default;

    public bool InputIsEmpty => _nextInput == _inputs.Length;

    /// <summary>What was sent; read it when the engine has stopped.</summary>
    public IReadOnlyList<PlannedBar> Bars => _bars;

    public double NowPpq => _clock.Elapsed.TotalSeconds * _tempoBpm / 60;

    public void Start() => _clock.Start();

    /// <summary>The start of the block that an event is played in: when the audio thread hears it.</summary>
    public double HeardAtPpq(double ppq) => Math.Floor(ppq / _blockPpq) * _blockPpq;

    public bool TryReadTransport(out TransportSnapshot transport)
    {
        var startPpq = HeardAtPpq(NowPpq);
        _heardPpq = startPpq + _blockPpq;
        transport = new TransportSnapshot
        {
            BlockStartPpq = startPpq,
            BlockEndPpq = _heardPpq,
            BarStartPpq = Math.Floor(startPpq / _meter.BarPpq) * _meter.BarPpq,
            ProjectPpq = startPpq,
            TempoBpm = _tempoBpm,
            Meter = _meter,
            Epoch = Epoch,
            Playing = true,
        };
        return true;
    }

    public bool TryReadInput(out InputEvent input)
    {
        input = default;
        if (_nextInput == _inputs.Length || _inputs[_nextInput].TimelinePpq >= _heardPpq)
            return false;
        input = _inputs[_nextInput++];
        return true;
    }

    public bool HasPassed(uint epoch, double timelinePpq) => HeardAtPpq(NowPpq) + _blockPpq > timelinePpq;

    public void SendBar(uint epoch, uint planId, double startPpq, double endPpq, ReadOnlySpan<TimelineNote> notes, bool isFallback, bool isProvisional, double horizonPpq) =>
        _bars.Add(new PlannedBar(startPpq, NowPpq, isFallback));

    public void SendHorizon(uint epoch, uint planId, double horizonPpq)
    {
    }

    public void SendCancel(uint epoch, uint planId)
    {
    }

    public bool WasRefused(uint planId) => false;

    public void PublishPhase(EnginePhase phase)
    {
    }

    public void PublishStatus(int slot, double normalised)
    {
    }

    /// <summary>A bar that was sent, and when.</summary>
    internal readonly record struct PlannedBar(double StartPpq, double SentAtPpq, bool IsFallback);
}
