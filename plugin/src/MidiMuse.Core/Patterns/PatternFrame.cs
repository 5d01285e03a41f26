using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;

namespace MidiMuse.Core.Patterns;

/// <summary>
/// Where a pattern's pitches lie: its tonic is moved to a C and its mean into the octave around middle C, so that
/// models learn music in one key and register. Drums and music of unknown key keep their pitch classes, drums their octave.
/// </summary>
/// <param name="Shift">Semitones from the sounding pitch to the pattern's.</param>
public readonly record struct PatternFrame(int Shift)
{
    private const int Middle = 60;

    /// <param name="notes">The notes whose mean pitch chooses the octave.</param>
    public static PatternFrame Of(ReadOnlySpan<GridNote> notes, Key? key, Role role)
    {
        if (role == Role.Drums)
            return default;
        var toTonic = KeyShift(key);
        if (notes.IsEmpty)
            return new PatternFrame(toTonic);
        var sum = 0;
        foreach (var note in notes)
            sum += note.Pitch;
        var mean = (sum / (double)notes.Length) + toTonic;
        return new PatternFrame(toTonic + (12 * (int)Math.Round((Middle - mean) / 12)));
    }

    /// <summary>Semitones that bring the tonic to a C: -6..5.</summary>
    public static int KeyShift(Key? key) => key is not { } k ? 0 : k.TonicPitchClass <= 6 ? -k.TonicPitchClass : 12 - k.TonicPitchClass;

    /// <summary>The class of a MIDI pitch; what lies outside of the table comes in by octaves.</summary>
    public int ToClass(int pitch)
    {
        var framed = pitch + Shift;
        while (framed < PatternVocabulary.LowestPitch)
            framed += 12;
        while (framed >= PatternVocabulary.LowestPitch + PatternVocabulary.Pitches)
            framed -= 12;
        return framed - PatternVocabulary.LowestPitch;
    }

    /// <summary>The MIDI pitch of a class; it may lie outside of 0..127.</summary>
    public int ToPitch(int pitchClass) => pitchClass + PatternVocabulary.LowestPitch - Shift;
}
