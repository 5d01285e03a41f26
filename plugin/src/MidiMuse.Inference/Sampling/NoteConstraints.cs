using MidiMuse.Core.Events;

namespace MidiMuse.Inference.Sampling;

/// <summary>What generated notes must keep to. Immutable; may be shared by threads.</summary>
public sealed record NoteConstraints
{
    private const int HighestMidiPitch = NoteEventVocabulary.PitchTargets - 1;

    /// <param name="scale">Every generated pitch is in it, without exception.</param>
    /// <param name="lowestPitch">MIDI note number.</param>
    /// <param name="highestPitch">MIDI note number, at least the lowest.</param>
    /// <exception cref="ArgumentException">The scale is empty, or the range is none.</exception>
    public NoteConstraints(PitchClassSet scale, int lowestPitch = 0, int highestPitch = HighestMidiPitch)
    {
        if ((scale.Bits & PitchClassSet.Chromatic.Bits) == 0)
            throw new ArgumentException("A scale has at least one pitch class.", nameof(scale));
        if (lowestPitch < 0 || highestPitch > HighestMidiPitch || lowestPitch > highestPitch)
            throw new ArgumentException($"{lowestPitch}..{highestPitch} is no range of MIDI pitches.", nameof(lowestPitch));
        Pitches = PitchesOf(scale, lowestPitch, highestPitch);
    }

    /// <summary>Any pitch.</summary>
    public static NoteConstraints None { get; } = new(PitchClassSet.Chromatic);

    /// <summary>
    /// The pitches of the scale within the range, never empty: where the range holds none, the pitch of the scale
    /// nearest to it, because the lock on a scale is a promise and the range is a wish.
    /// </summary>
    public ClassMask Pitches { get; }

    /// <summary>Velocity classes of the vocabulary; never empty.</summary>
    public ClassMask Velocities { get; private init; } = ClassMask.All(NoteEventVocabulary.VelocityTargets);

    /// <summary>Generated and ringing notes that sound at once; 1 makes a line.</summary>
    public int MaxPolyphony { get; init; } = 16;

    /// <summary>The densest bar. The buffer that takes the notes limits it too.</summary>
    public int MaxNotesPerBar { get; init; } = 128;

    /// <summary>How far beyond its bar's end a note may ring, in grid ticks.</summary>
    public int MaxRingOverTicks { get; init; } = NoteEventVocabulary.DurationToTicks(NoteEventVocabulary.DurationTargets - 1);

    /// <summary>The same, with velocities within a range of MIDI velocities, as near as their classes of four come to it.</summary>
    /// <exception cref="ArgumentException">The range is none.</exception>
    public NoteConstraints WithVelocities(int lowest, int highest)
    {
        if (lowest > highest)
            throw new ArgumentException($"{lowest}..{highest} is no range of velocities.", nameof(lowest));
        return this with
        {
            Velocities = ClassMask.Range(NoteEventVocabulary.VelocityFromMidi(lowest), NoteEventVocabulary.VelocityFromMidi(highest)),
        };
    }

    private static ClassMask PitchesOf(PitchClassSet scale, int lowestPitch, int highestPitch)
    {
        var inScale = default(ClassMask);
        for (var pitch = 0; pitch <= HighestMidiPitch; pitch++)
        {
            if (scale.Contains(pitch))
                inScale.Add(pitch);
        }
        var inBoth = inScale & ClassMask.Range(lowestPitch, highestPitch);
        if (inBoth.IsEmpty)
            inBoth.Add(inScale.Nearest((lowestPitch + highestPitch) / 2));
        return inBoth;
    }
}
