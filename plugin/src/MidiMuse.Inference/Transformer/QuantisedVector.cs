using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MidiMuse.Inference.Transformer;

/// <summary>A vector of 15 bits with one scale: what a <see cref="QuantisedMatrix"/> is multiplied with. Used again and again.</summary>
internal sealed class QuantisedVector(int longest)
{
    private const int LargestCode = 16383;

    /// <summary>A number of this size added to a small one leaves no room for a fraction: the sum is rounded to an integer, ties to even.</summary>
    private const float Rounder = 12582912; // 1.5 * 2^23

    private static readonly int[] PlacesOfBits = ListPlacesOfBits(); // [256, 8]: the bits that are set in a number of 8 bits, in order

    private readonly int[] _pairs = new int[(longest + 15) / 16 * 8];
    private readonly int[] _places = new int[(longest + 15) / 16 * 8];
    private int _filled;

    public int Length { get; private set; }

    public float Scale { get; private set; }

    /// <summary>Of all codes.</summary>
    public int Sum { get; private set; }

    /// <summary>Two codes in each: the first in the low half, the second in the high one.</summary>
    public ReadOnlySpan<int> Pairs => _pairs.AsSpan(0, (Length + 1) / 2);

    /// <summary>Where the pairs are that are not zero, in order.</summary>
    public ReadOnlySpan<int> Places => _places.AsSpan(0, _filled);

    /// <param name="x">f32; a multiple of 8 values.</param>
    public void Set(ReadOnlySpan<float> x)
    {
        Length = x.Length;
        var largest = Largest(x);
        var limit = LimitOf(x.Length);
        Scale = largest / limit;
        var factor = largest > 0 ? limit / largest : 0;
        var rounder = Vector256.Create(Rounder);
        var codes = MemoryMarshal.Cast<int, short>(_pairs.AsSpan());
        var sum = Vector256<int>.Zero;
        for (var i = 0; i < x.Length; i += Vector256<float>.Count)
        {
            var code = ((Vector256.Create(x[i..]) * factor) + rounder).AsInt32() - rounder.AsInt32();
            sum += code;
            Vector128.NarrowWithSaturation(code.GetLower(), code.GetUpper()).CopyTo(codes[i..]); // none is that large
        }
        Sum = Vector256.Sum(sum);
        FindPlaces();
    }

    private void FindPlaces()
    {
        var pairs = (Length + 1) / 2;
        var filled = 0;
        _pairs.AsSpan(pairs, -pairs & (Vector256<int>.Count - 1)).Clear(); // what a longer vector left in the last register
        for (var first = 0; first < pairs; first += Vector256<int>.Count)
        {
            var set = ~Vector256.Equals(Vector256.Create(_pairs, first), Vector256<int>.Zero).ExtractMostSignificantBits() & 0xFF; // a bit for each pair
            // All eight are written, and those beyond the ones that are set are written over: which pairs are set, no processor foresees.
            (Vector256.Create(first) + Vector256.Create(PlacesOfBits, (int)set * Vector256<int>.Count)).CopyTo(_places, filled);
            filled += BitOperations.PopCount(set);
        }
        _filled = filled;
    }

    private static int[] ListPlacesOfBits()
    {
        var places = new int[(1 << Vector256<int>.Count) * Vector256<int>.Count];
        for (var bits = 0u; bits < 1 << Vector256<int>.Count; bits++)
        {
            var next = (int)bits * Vector256<int>.Count;
            for (var left = bits; left != 0; left &= left - 1)
                places[next++] = BitOperations.TrailingZeroCount(left);
        }
        return places;
    }

    /// <summary>So large that no sum of a row's products, with weights of up to 127, leaves 32 bits.</summary>
    private static int LimitOf(int length) => Math.Min(LargestCode, int.MaxValue / (127 * length));

    /// <summary>The largest magnitude. Without their signs, numbers have the order of their bits, which are compared faster; NaN is the largest.</summary>
    private static float Largest(ReadOnlySpan<float> x)
    {
        var largest = Vector256<int>.Zero;
        for (var i = 0; i < x.Length; i += Vector256<float>.Count)
            largest = Vector256.Max(largest, Vector256.Abs(Vector256.Create(x[i..])).AsInt32());
        return FixedOrder.Largest(largest.AsSingle());
    }
}
