namespace MidiMuse.Inference.Sampling;

/// <summary>
/// SplitMix64: turns any 64-bit number into a well mixed one. Steele, Lea, Flood: Fast Splittable Pseudorandom
/// Number Generators, OOPSLA 2014, with the mixing constants of Stafford's variant 13.
/// </summary>
internal static class SplitMix64
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    public static ulong Next(ref ulong state)
    {
        state += GoldenGamma;
        var mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
