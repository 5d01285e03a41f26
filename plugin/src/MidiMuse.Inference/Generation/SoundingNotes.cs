using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Inference.Generation;

/// <summary>Until when each pitch sounds, in grid ticks of the phrase.</summary>
internal sealed class SoundingNotes
{
    private readonly long[] _endTick = new long[NoteEventVocabulary.PitchTargets];

    public void Clear() => Array.Fill(_endTick, long.MinValue);

    public void Add(in GridNote note)
    {
        if (note.Pitch is >= 0 and < NoteEventVocabulary.PitchTargets)
            _endTick[note.Pitch] = Math.Max(_endTick[note.Pitch], note.EndTick);
    }

    /// <summary>The pitches of a set that are silent at a tick.</summary>
    public ClassMask Silent(ClassMask pitches, long tick)
    {
        for (var pitch = 0; pitch < _endTick.Length; pitch++)
        {
            if (_endTick[pitch] > tick)
                pitches.Remove(pitch);
        }
        return pitches;
    }

    /// <summary>
    /// The first tick, from a given one on, at which one of some pitches is silent and fewer than a number of voices
    /// sound.
    /// </summary>
    public long FirstFreeTick(in ClassMask pitches, int maxPolyphony, long fromTick) =>
        Math.Max(FirstSilence(pitches, fromTick), FirstFreeVoice(Math.Max(1, maxPolyphony), fromTick));

    private long FirstSilence(in ClassMask pitches, long fromTick)
    {
        var first = long.MaxValue;
        for (var pitch = 0; pitch < _endTick.Length; pitch++)
        {
            if (pitches.Contains(pitch))
                first = Math.Min(first, _endTick[pitch]);
        }
        return Math.Max(first, fromTick);
    }

    private long FirstFreeVoice(int maxPolyphony, long fromTick)
    {
        Span<long> ends = stackalloc long[NoteEventVocabulary.PitchTargets];
        var count = 0;
        foreach (var end in _endTick)
        {
            if (end > fromTick)
                ends[count++] = end;
        }
        if (count < maxPolyphony)
            return fromTick;
        ends[..count].Sort();
        return ends[count - maxPolyphony];
    }
}
