using MidiMuse.Core.Time;
using MidiMuse.Engine.Link;
using MidiMuse.Engine.Parameters;

namespace MidiMuse.Engine.Planning;

/// <summary>
/// What all parts of the engine go by: the transport as it was read last, the position that has been reached in it, what
/// the instance is doing, and what the player has set. [engine]
/// </summary>
public sealed class EngineMoment(ParameterValues parameters, TextValues texts, bool hasModel)
{
    private EnginePhase _phase;

    public ParameterValues Parameters => parameters;

    public TextValues Texts => texts;

    public bool HasModel => hasModel;

    public TransportSnapshot Transport { get; set; } = new() { Meter = Meter.CommonTime, TempoBpm = 120 };

    /// <summary>Whether there was a transport yet.</summary>
    public bool HasStarted { get; set; }

    /// <summary>Timeline position of what is being worked on.</summary>
    public double NowPpq { get; set; }

    public EnginePhase Phase
    {
        get => _phase;
        set
        {
            if (_phase != value)
                Version++;
            _phase = value;
        }
    }

    /// <summary>Grows with every change that can be seen.</summary>
    public long Version { get; private set; }

    /// <summary>Grows with every change of what a state keeps, parameters apart.</summary>
    public long ContentVersion { get; private set; }

    public MusicSettings Settings => MusicSettings.From(parameters, texts);

    public int Candidate => parameters.Index(ParameterId.Candidate) - 1;

    public bool IsBypassed => parameters.IsOn(ParameterId.Bypass);

    public bool IsListening => hasModel && parameters.IsOn(ParameterId.Arm) && !IsBypassed;

    /// <summary>The audio thread waits for the horizon, and what is played must not depend on when this thread runs.</summary>
    public bool IsRendering => Transport is { Offline: true, Playing: true };

    public double NextBarLinePpq => Transport.BarLineAtOrAfter(NowPpq);

    public void Change() => Version++;

    public void ChangeContent()
    {
        Version++;
        ContentVersion++;
    }

    /// <summary>Neither a motif nor an answer is going on any more.</summary>
    public void Rest() => Phase = Transport.Playing && IsListening ? EnginePhase.Waiting : EnginePhase.Idle;
}
