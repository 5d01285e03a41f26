namespace MidiMuse.Core.Harmony;

public enum Mode
{
    Major = 0,
    Minor = 1,
}

/// <summary>A major or minor key.</summary>
/// <param name="TonicPitchClass">0 = C .. 11 = B.</param>
public readonly record struct Key(int TonicPitchClass, Mode Mode)
{
    /// <summary>
    /// The key of a key signature as MIDI files and MusicXML give it.
    /// </summary>
    /// <param name="fifths">Sharps, or flats where negative: -7..7.</param>
    /// <param name="mode">The mode that the signature names.</param>
    public static Key FromFifths(int fifths, Mode mode)
    {
        var majorTonic = (((fifths * 7) % 12) + 12) % 12;
        return new Key(mode == Mode.Major ? majorTonic : (majorTonic + 9) % 12, mode);
    }

    public Key Transpose(int semitones) => this with { TonicPitchClass = (((TonicPitchClass + semitones) % 12) + 12) % 12 };
}
