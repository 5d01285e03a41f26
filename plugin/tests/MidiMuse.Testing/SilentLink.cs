using System.Collections.Concurrent;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Link;
using MidiMuse.Engine.Planning;

namespace MidiMuse.Testing;

/// <summary>An audio thread that has nothing to say: for tests of what an instance does without one.</summary>
public sealed class SilentLink : IAudioLink
{
    private readonly ConcurrentQueue<InputEvent> _inputs = new();
    private volatile bool _isRunning;

    /// <summary>True where blocks are processed although the transport rests.</summary>
    public bool IsRunning
    {
        get => _isRunning;
        set => _isRunning = value;
    }

    /// <summary>What is read while <see cref="IsRunning"/>.</summary>
    public TransportSnapshot Transport { get; init; } = new() { Meter = Core.Time.Meter.CommonTime, TempoBpm = 120, Epoch = 1 };

    public bool InputIsEmpty => _inputs.IsEmpty;

    public AudioCounters Counters => default;

    public void Enqueue(in InputEvent input) => _inputs.Enqueue(input);

    public bool TryReadTransport(out TransportSnapshot transport)
    {
        transport = Transport;
        return IsRunning;
    }

    public bool TryReadInput(out InputEvent input) => _inputs.TryDequeue(out input);

    public void PublishPhase(EnginePhase phase)
    {
    }

    public void PublishStatus(int slot, double normalised)
    {
    }

    public void SendBar(uint epoch, uint planId, double startPpq, double endPpq, ReadOnlySpan<TimelineNote> notes, bool isFallback, bool isProvisional, double horizonPpq)
    {
    }

    public void SendHorizon(uint epoch, uint planId, double horizonPpq)
    {
    }

    public void SendCancel(uint epoch, uint planId)
    {
    }

    public bool WasRefused(uint planId) => false;

    public bool HasPassed(uint epoch, double timelinePpq) => false;
}
