using System.Numerics;

namespace MidiMuse.Inference.Sampling;

/// <summary>
/// xoshiro256**, our own generator so that a seed means the same notes on every platform and runtime version.
/// Blackman, Vigna: Scrambled Linear Pseudorandom Number Generators, ACM TOMS 47(4), 2021.
/// </summary>
public struct Xoshiro256
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>A generator whose state is filled by SplitMix64, as its authors recommend.</summary>
    public Xoshiro256(ulong seed)
    {
        _s0 = SplitMix64.Next(ref seed);
        _s1 = SplitMix64.Next(ref seed);
        _s2 = SplitMix64.Next(ref seed);
        _s3 = SplitMix64.Next(ref seed);
    }

    internal Xoshiro256(ulong s0, ulong s1, ulong s2, ulong s3)
    {
        _s0 = s0;
        _s1 = s1;
        _s2 = s2;
        _s3 = s3;
    }

    /// <summary>
    /// The generator of one bar of one candidate. Each bar has its own, so a bar can be made again, or made before
    /// its neighbours, with the same notes as a result.
    /// </summary>
    /// <param name="seed">The instance's seed.</param>
    /// <param name="bar">Bar of the phrase.</param>
    /// <param name="candidate">0 is the answer, 1.. the alternatives.</param>
    public static Xoshiro256 ForBar(ulong seed, long bar, int candidate)
    {
        var state = seed;
        state = SplitMix64.Next(ref state) ^ (ulong)bar;
        state = SplitMix64.Next(ref state) ^ (ulong)candidate;
        return new Xoshiro256(SplitMix64.Next(ref state));
    }

    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));
}
