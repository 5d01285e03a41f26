namespace MidiMuse.Core.Harmony;

/// <summary>A set of pitch classes relative to a tonic: bit n = n semitones above it.</summary>
public readonly record struct Scale(string Name, ushort Mask)
{
    public static readonly Scale Major = new("Major", 0b1010_1011_0101);
    public static readonly Scale NaturalMinor = new("Natural minor", 0b0101_1010_1101);
    public static readonly Scale HarmonicMinor = new("Harmonic minor", 0b1001_1010_1101);
    public static readonly Scale MelodicMinor = new("Melodic minor", 0b1010_1010_1101);
    public static readonly Scale Dorian = new("Dorian", 0b0110_1010_1101);
    public static readonly Scale Phrygian = new("Phrygian", 0b0101_1010_1011);
    public static readonly Scale Lydian = new("Lydian", 0b1010_1101_0101);
    public static readonly Scale Mixolydian = new("Mixolydian", 0b0110_1011_0101);
    public static readonly Scale Locrian = new("Locrian", 0b0101_0110_1011);
    public static readonly Scale MajorPentatonic = new("Major pentatonic", 0b0010_1001_0101);
    public static readonly Scale MinorPentatonic = new("Minor pentatonic", 0b0100_1010_1001);
    public static readonly Scale Blues = new("Blues", 0b0100_1110_1001);
    public static readonly Scale WholeTone = new("Whole tone", 0b0101_0101_0101);
    public static readonly Scale Diminished = new("Diminished", 0b1011_0110_1101);
    public static readonly Scale Chromatic = new("Chromatic", 0b1111_1111_1111);

    public static readonly IReadOnlyList<Scale> All =
    [
        Major, NaturalMinor, HarmonicMinor, MelodicMinor, Dorian, Phrygian, Lydian, Mixolydian, Locrian,
        MajorPentatonic, MinorPentatonic, Blues, WholeTone, Diminished, Chromatic,
    ];

    /// <summary>The pitch classes of the scale on a tonic: bit n = pitch class n.</summary>
    public ushort PitchClassesOn(int tonicPitchClass)
    {
        var mask = 0;
        for (var degree = 0; degree < 12; degree++)
        {
            if ((Mask & (1 << degree)) != 0)
                mask |= 1 << ((degree + tonicPitchClass) % 12);
        }
        return (ushort)mask;
    }

    /// <summary>The usual scale of a key.</summary>
    public static Scale Of(Mode mode) => mode == Mode.Major ? Major : NaturalMinor;
}
