using MidiMuse.Core.Notes;
using MidiMuse.Engine.Planning;

namespace MidiMuse.Engine.Link;

/// <summary>The engine's end of the memory that it shares with the audio thread.</summary>
public interface IAudioLink : ICommandSink, IPlanClock
{
    /// <summary>Reads the last published transport; false before the first block.</summary>
    bool TryReadTransport(out TransportSnapshot transport);

    bool TryReadInput(out InputEvent input);

    /// <summary>Reads samples of the audio input, in order; never over a bend of the timeline. A link without audio has none.</summary>
    // samples [..] f32
    bool TryReadAudio(Span<float> samples, out AudioChunk chunk)
    {
        chunk = default;
        return false;
    }

    /// <summary>True where nothing that the audio thread has published is unread.</summary>
    bool InputIsEmpty { get; }

    void PublishPhase(EnginePhase phase);

    /// <summary>Writes the normalised value of a read-only parameter.</summary>
    void PublishStatus(int slot, double normalised);

    AudioCounters Counters { get; }

    /// <summary>Says which of the plugin's own sounds fits the answer; null where none is known. A link without a sound ignores it.</summary>
    void PublishRole(Role? role)
    {
    }

    /// <summary>Sounds a note until <see cref="EndAudition"/>. [ui]</summary>
    void Audition(AuditionedNote note)
    {
    }

    /// <summary>[ui]</summary>
    void EndAudition()
    {
    }
}

/// <summary>What the audio thread has counted since the instance was made; mm_counters of midimuse_abi.h.</summary>
public readonly record struct AudioCounters(
    long Blocks,
    long NotesIn,
    long NotesOut,
    long LateNotes,
    long LateBars,
    long FallbackBars,
    long ShortfallBlocks,
    long OfflineWaits,
    long OfflineTimeouts,
    long InputDrops,
    long OutputDrops,
    long Jumps,
    long AudioDrops = 0);
