using MidiMuse.Core.Originality;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.Link;
using MidiMuse.Engine.Parameters;

namespace MidiMuse.Engine;

/// <summary>
/// What an editor or a host may do with an instance. Any thread but the audio thread; nothing here waits for the
/// model, except <see cref="Run(EngineCommand)"/>.
/// </summary>
public interface IEngineControl
{
    /// <summary>Values as they were last set, whether the engine has got to them or not.</summary>
    ParameterValues Parameters { get; }

    AudioCounters Counters { get; }

    EngineSnapshot Snapshot();

    /// <summary>The transport of the last block, for a playhead; false before the first block.</summary>
    bool TryReadTransport(out TransportSnapshot transport);

    /// <summary>The training music, for the originality of what was made; null where it is not at hand.</summary>
    OriginalityIndex? TrainingMusic => null;

    /// <summary>Sounds a note through the plugin's own sound until <see cref="EndAudition"/>, or until the next one.</summary>
    void Audition(AuditionedNote note)
    {
    }

    void EndAudition()
    {
    }

    /// <summary>Asks for something and goes on.</summary>
    void Post(EngineCommand command);

    /// <summary>Asks for something and waits, at most some seconds, until the engine has done it.</summary>
    CommandReply Run(EngineCommand command);
}
