using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MidiMuse.Inference.Transformer;

/// <summary>
/// A matrix of weights of 8 bits with a scale for each output, and its product with vectors of 15 bits. Products and sums
/// are of integers, so they are exact: the same on every processor, in every order. Weights that would be multiplied with
/// zero are not read: after a squared ReLU those are seven tenths.
/// </summary>
internal sealed class QuantisedMatrix
{
    /// <summary>Outputs that are computed side by side, a register of 8 each.</summary>
    private const int OutputsOfGroup = 64;

    private const int OutputsOfRegister = 8;

    private const int LargestWeight = 127;

    /// <summary>A group's weights for two inputs: output 0 of inputs 0 and 1, output 1 of inputs 0 and 1 and so on.</summary>
    private readonly sbyte[] _codes;  // [groups, inputs / 2, 64, 2]

    private readonly float[] _scales; // [groups * 64] f32

    /// <param name="weight">[inputs, outputs] f32, row-major, as ONNX's MatMul has it.</param>
    public QuantisedMatrix(ReadOnlySpan<float> weight, int inputs, int outputs)
        : this([weight.ToArray()], inputs, outputs)
    {
    }

    /// <summary>Several matrices with the same inputs as one: their outputs follow one another.</summary>
    /// <param name="weights">Each [inputs, outputs] f32.</param>
    /// <param name="outputs">Of each.</param>
    public QuantisedMatrix(ReadOnlySpan<float[]> weights, int inputs, int outputs)
    {
        Inputs = inputs;
        Outputs = outputs * weights.Length;
        var pairs = (inputs + 1) / 2;
        var groups = (Outputs + OutputsOfGroup - 1) / OutputsOfGroup;
        _codes = new sbyte[groups * pairs * OutputsOfGroup * 2];
        _scales = new float[groups * OutputsOfGroup];
        for (var part = 0; part < weights.Length; part++)
            Quantise(weights[part], part * outputs, outputs);
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>Bytes that a product reads.</summary>
    public int Bytes => _codes.Length + (_scales.Length * sizeof(float));

    /// <summary>Row by row, as the matrix lies in memory.</summary>
    private void Quantise(float[] matrix, int firstOutput, int outputs)
    {
        var scales = _scales.AsSpan(firstOutput, outputs);
        for (var input = 0; input < Inputs; input++)
        {
            var row = matrix.AsSpan(input * outputs, outputs);
            for (var column = 0; column < row.Length; column++)
                scales[column] = Math.Max(scales[column], Math.Abs(row[column]));
        }
        for (var column = 0; column < scales.Length; column++)
            scales[column] /= LargestWeight;
        for (var input = 0; input < Inputs; input++)
        {
            var row = matrix.AsSpan(input * outputs, outputs);
            for (var column = 0; column < row.Length; column++)
            {
                if (scales[column] > 0)
                    _codes[PlaceOf(input, firstOutput + column)] = (sbyte)MathF.Round(row[column] / scales[column]);
            }
        }
    }

    private int PlaceOf(int input, int output) =>
        (((((output / OutputsOfGroup * ((Inputs + 1) / 2)) + (input / 2)) * OutputsOfGroup) + (output % OutputsOfGroup)) * 2) + (input % 2);

    /// <param name="y">[<see cref="Outputs"/>] f32</param>
    public void Multiply(QuantisedVector x, Span<float> y)
    {
        if (Avx2.IsSupported)
            Multiply<Avx2Sums>(x, y);
        else
            Multiply<PortableSums>(x, y);
    }

    /// <summary>The same without instructions that not every processor has.</summary>
    internal void MultiplyPortably(QuantisedVector x, Span<float> y) => Multiply<PortableSums>(x, y);

    private void Multiply<TSums>(QuantisedVector x, Span<float> y)
        where TSums : ISums
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length, Inputs);
        var bytes = (Inputs + 1) / 2 * OutputsOfGroup * 2;
        Span<int> sums = stackalloc int[OutputsOfGroup];
        Span<float> rest = stackalloc float[OutputsOfGroup];
        for (var output = 0; output < Outputs; output += OutputsOfGroup)
        {
            TSums.Sum(_codes.AsSpan(output / OutputsOfGroup * bytes, bytes), x, sums);
            var left = Outputs - output;
            var scaled = left >= OutputsOfGroup ? y[output..] : rest;
            for (var i = 0; i < OutputsOfGroup; i += OutputsOfRegister)
                (Vector256.ConvertToSingle(Vector256.Create<int>(sums[i..])) * (Vector256.Create(_scales, output + i) * x.Scale)).CopyTo(scaled[i..]);
            if (left < OutputsOfGroup)
                rest[..left].CopyTo(y[output..]);
        }
    }

    private interface ISums
    {
        /// <summary>The 64 sums of one group.</summary>
        static abstract void Sum(ReadOnlySpan<sbyte> codes, QuantisedVector x, Span<int> sums);
    }

    private readonly struct Avx2Sums : ISums
    {
        /// <summary>Pairs between the one that is added and the one that is fetched.</summary>
        private const int PairsAhead = 8;

        public static void Sum(ReadOnlySpan<sbyte> codes, QuantisedVector x, Span<int> sums)
        {
            if (x.Places.Length < x.Pairs.Length / 4 * 3)
                Sum<SomePlaces>(codes, x, sums);
            else
                Sum<AllPlaces>(codes, x, sums);
        }

        [MethodImpl(MethodImplOptions.NoInlining)] // with all registers for itself
        private static void Sum<TPlaces>(ReadOnlySpan<sbyte> codes, QuantisedVector vector, Span<int> sums)
            where TPlaces : IPlaces
        {
            var pairs = vector.Pairs;
            var places = vector.Places;
            ArgumentOutOfRangeException.ThrowIfLessThan(codes.Length, pairs.Length * OutputsOfGroup * 2);
            var (a, b, c, d) = (Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero);
            var (e, f, g, h) = (Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero);
            // Stays within the codes, because of the check above: what is read of them lies where a pair lies, and that access is checked.
            ref var first = ref MemoryMarshal.GetReference(codes);
            var count = TPlaces.Count(pairs, places);
            for (var i = 0; i < count; i++)
            {
                var place = TPlaces.At(places, i);
                var x = Vector256.Create(pairs[place]).AsInt16();
                ref var code = ref Unsafe.Add(ref first, (nuint)place * (OutputsOfGroup * 2));
                if (TPlaces.AreScattered && i + PairsAhead < count)
                    Fetch(ref Unsafe.Add(ref first, (nuint)TPlaces.At(places, i + PairsAhead) * (OutputsOfGroup * 2)));
                a += Products(ref code, 0, x);
                b += Products(ref code, 16, x);
                c += Products(ref code, 32, x);
                d += Products(ref code, 48, x);
                e += Products(ref code, 64, x);
                f += Products(ref code, 80, x);
                g += Products(ref code, 96, x);
                h += Products(ref code, 112, x);
            }
            a.CopyTo(sums);
            b.CopyTo(sums[8..]);
            c.CopyTo(sums[16..]);
            d.CopyTo(sums[24..]);
            e.CopyTo(sums[32..]);
            f.CopyTo(sums[40..]);
            g.CopyTo(sums[48..]);
            h.CopyTo(sums[56..]);
        }

        /// <summary>For each of 8 outputs, its two weights times the pair x.</summary>
        private static Vector256<int> Products(ref sbyte code, nuint offset, Vector256<short> x) =>
            Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref code, offset)), x);

        /// <summary>The two lines of a pair's weights: lines that do not follow one another, no processor foresees.</summary>
        private static unsafe void Fetch(ref sbyte code)
        {
            // An address to fetch from need not be valid, or stay so when the collector moves the codes: nothing is read through it.
            var address = (sbyte*)Unsafe.AsPointer(ref code);
            Sse.Prefetch0(address);
            Sse.Prefetch0(address + OutputsOfGroup);
        }

        /// <summary>Which pairs are added: two loops from one text.</summary>
        private interface IPlaces
        {
            static abstract bool AreScattered { get; }

            static abstract int Count(ReadOnlySpan<int> pairs, ReadOnlySpan<int> places);

            static abstract int At(ReadOnlySpan<int> places, int index);
        }

        private readonly struct AllPlaces : IPlaces
        {
            public static bool AreScattered => false;

            public static int Count(ReadOnlySpan<int> pairs, ReadOnlySpan<int> places) => pairs.Length;

            public static int At(ReadOnlySpan<int> places, int index) => index;
        }

        private readonly struct SomePlaces : IPlaces
        {
            public static bool AreScattered => true;

            public static int Count(ReadOnlySpan<int> pairs, ReadOnlySpan<int> places) => places.Length;

            public static int At(ReadOnlySpan<int> places, int index) => places[index];
        }
    }

    /// <summary>Registers of 128 bits, which every processor has that .NET runs on.</summary>
    private readonly struct PortableSums : ISums
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static void Sum(ReadOnlySpan<sbyte> codes, QuantisedVector x, Span<int> sums)
        {
            var pairs = x.Pairs;
            ArgumentOutOfRangeException.ThrowIfLessThan(codes.Length, pairs.Length * OutputsOfGroup * 2);
            for (var first = 0; first < OutputsOfGroup; first += OutputsOfRegister)
            {
                var (low, high) = (Vector128<int>.Zero, Vector128<int>.Zero);
                // Stays within the codes, because of the check above.
                ref var begin = ref Unsafe.Add(ref MemoryMarshal.GetReference(codes), first * 2);
                foreach (var place in x.Places)
                {
                    var pair = pairs[place];
                    ref var code = ref Unsafe.Add(ref begin, (nuint)place * (OutputsOfGroup * 2));
                    // The two inputs stand in the low and the high half of the pair, and their weights in those of each lane.
                    var (even, odd) = (Vector128.Create((int)(short)pair), Vector128.Create(pair >> 16));
                    var weights = Vector128.LoadUnsafe(ref code);
                    var (lower, upper) = (Vector128.WidenLower(weights).AsInt32(), Vector128.WidenUpper(weights).AsInt32());
                    low += (((lower << 16) >> 16) * even) + ((lower >> 16) * odd);
                    high += (((upper << 16) >> 16) * even) + ((upper >> 16) * odd);
                }
                low.CopyTo(sums[first..]);
                high.CopyTo(sums[(first + 4)..]);
            }
        }
    }
}
