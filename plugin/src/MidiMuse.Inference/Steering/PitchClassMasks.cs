using MidiMuse.Core.Events;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Inference.Steering;

/// <summary>Sets of pitches by their pitch classes.</summary>
public static class PitchClassMasks
{
    private static readonly ClassMask[] OfClass = [.. Enumerable.Range(0, 12).Select(Pitches)];

    /// <summary>The pitches of a set whose pitch classes are among some. Bit n = pitch class n.</summary>
    public static ClassMask Keep(in ClassMask pitches, int pitchClasses)
    {
        var kept = pitches;
        for (var pitchClass = 0; pitchClass < OfClass.Length; pitchClass++)
        {
            if ((pitchClasses & (1 << pitchClass)) == 0)
                kept = kept.Without(OfClass[pitchClass]);
        }
        return kept;
    }

    private static ClassMask Pitches(int pitchClass)
    {
        var mask = default(ClassMask);
        for (var pitch = pitchClass; pitch < NoteEventVocabulary.PitchTargets; pitch += 12)
            mask.Add(pitch);
        return mask;
    }
}
