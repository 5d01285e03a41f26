using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Inference.Generation;

/// <summary>Until when each pitch sounds, in grid ticks of the phrase.</summary>
internal sealed class SoundingNotes
{
    private readonly long[] _endTick = new long[NoteEventVocabulary.PitchTargets];
    private long _lastEndTick;

    public void Clear()
    {
        Array.Fill(_endTick, long.MinValue);
        _lastEndTick = long.MinValue;
    }

    public void Add(in GridNote note)
    {
        if (note.Pitch is < 0 or >= NoteEventVocabulary.PitchTargets)
            return;
        _endTick[note.Pitch] = Math.Max(_endTick[note.Pitch], note.EndTick);
        _lastEndTick = Math.Max(_lastEndTick, note.EndTick);
    }

    /// <summary>The pitches of a set that are silent at a tick.</summary>
    public ClassMask Silent(ClassMask pitches, long tick)
    {
        if (_lastEndTick <= tick)
            return pitches;
        for (var pitch = 0; pitch < _endTick.Length; pitch++)
        {
            if (_endTick[pitch] > tick)
                pitches.Remove(pitch);
        }
        return pitches;
    }

    /// <summary>How many pitches sound at a tick, if nothing more begins.</summary>
    public int VoicesAt(long tick)
    {
        if (_lastEndTick <= tick)
            return 0;
        var voices = 0;
        foreach (var end in _endTick)
            voices += end > tick ? 1 : 0;
        return voices;
    }
}
