using MidiMuse.Core.Harmony;

namespace MidiMuse.Inference.Sampling;

/// <summary>Some of the twelve pitch classes, such as a scale.</summary>
/// <param name="Bits">Bit 0 is C, bit 11 is B.</param>
public readonly record struct PitchClassSet(int Bits)
{
    public static readonly PitchClassSet Chromatic = new(0xFFF);

    /// <summary>The major scale, or the natural minor scale, of a key.</summary>
    public static PitchClassSet OfKey(Key key) => new(Scale.Of(key.Mode).PitchClassesOn(key.TonicPitchClass));

    public bool Contains(int pitch) => (Bits & (1 << (pitch % 12))) != 0;
}
