using MidiMuse.Core.Harmony;

namespace MidiMuse.Inference.Sampling;

/// <summary>Some of the twelve pitch classes, such as a scale.</summary>
/// <param name="Bits">Bit 0 is C, bit 11 is B.</param>
public readonly record struct PitchClassSet(int Bits)
{
    public static readonly PitchClassSet Chromatic = new(0xFFF);

    private const int MajorFromTonic = 0b1010_1011_0101;
    private const int NaturalMinorFromTonic = 0b0101_1010_1101;

    /// <summary>The major scale, or the natural minor scale, of a key.</summary>
    public static PitchClassSet OfKey(Key key)
    {
        var fromTonic = key.Mode == Mode.Major ? MajorFromTonic : NaturalMinorFromTonic;
        return new PitchClassSet(((fromTonic << key.TonicPitchClass) | (fromTonic >> (12 - key.TonicPitchClass))) & 0xFFF);
    }

    public bool Contains(int pitch) => (Bits & (1 << (pitch % 12))) != 0;
}
