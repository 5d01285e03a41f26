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

    /// <summary>What is added to the weights in low bytes, so that they have no sign.</summary>
    private const int LowOffset = 128;

    /// <summary>
    /// Words of 16 bits with two weights each: that of an output in the high byte, and in the low one, plus 128, that of the
    /// output 8 further on. Of a group and two inputs there are 4 registers of 8 outputs with 2 inputs each.
    /// </summary>
    private readonly byte[] _codes;   // [groups, inputs / 2, 4, 8, 2, low and high]

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
        _codes = new byte[groups * pairs * OutputsOfGroup * 2];
        for (var i = 0; i < _codes.Length; i += 2)
            _codes[i] = LowOffset;
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
                    SetCode(input, firstOutput + column, (int)MathF.Round(row[column] / scales[column]));
            }
        }
    }

    private void SetCode(int input, int output, int code)
    {
        var pair = (output / OutputsOfGroup * ((Inputs + 1) / 2)) + (input / 2);
        var register = output % OutputsOfGroup / OutputsOfRegister;
        var word = (((pair * OutputsOfGroup / OutputsOfRegister / 2) + (register / 2)) * OutputsOfRegister * 2) + (output % OutputsOfRegister * 2) + (input % 2);
        if (register % 2 == 0)
            _codes[(word * 2) + 1] = (byte)code;
        else
            _codes[word * 2] = (byte)(code + LowOffset);
    }

    /// <param name="y">[<see cref="Outputs"/>] f32</param>
    public void Multiply(QuantisedVector x, Span<float> y)
    {
        if (Avx2.IsSupported)
            Multiply<Avx2Group>(x, y);
        else
            Multiply<PortableGroup>(x, y);
    }

    /// <summary>The same without instructions that not every processor has.</summary>
    internal void MultiplyPortably(QuantisedVector x, Span<float> y) => Multiply<PortableGroup>(x, y);

    private void Multiply<TGroup>(QuantisedVector x, Span<float> y)
        where TGroup : IGroup
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length, Inputs);
        var bytes = (Inputs + 1) / 2 * OutputsOfGroup * 2;
        Span<float> last = stackalloc float[OutputsOfGroup];
        for (var output = 0; output < Outputs; output += OutputsOfGroup)
        {
            var codes = _codes.AsSpan(output / OutputsOfGroup * bytes, bytes);
            var scales = _scales.AsSpan(output, OutputsOfGroup);
            var left = Outputs - output;
            if (left >= OutputsOfGroup)
            {
                TGroup.Multiply(codes, scales, x, y.Slice(output, OutputsOfGroup));
                continue;
            }
            TGroup.Multiply(codes, scales, x, last);
            last[..left].CopyTo(y[output..]);
        }
    }

    private interface IGroup
    {
        /// <summary>One group's outputs.</summary>
        /// <param name="scales">[64] f32</param>
        /// <param name="y">[64] f32</param>
        static abstract void Multiply(ReadOnlySpan<byte> codes, ReadOnlySpan<float> scales, QuantisedVector x, Span<float> y);
    }

    private readonly struct Avx2Group : IGroup
    {
        /// <summary>Pairs between the one that is added and the one that is fetched.</summary>
        private const int PairsAhead = 8;

        public static void Multiply(ReadOnlySpan<byte> codes, ReadOnlySpan<float> scales, QuantisedVector x, Span<float> y)
        {
            if (x.Places.Length < x.Pairs.Length / 4 * 3)
                Multiply<SomePlaces>(codes, scales, x, y);
            else
                Multiply<AllPlaces>(codes, scales, x, y);
        }

        [MethodImpl(MethodImplOptions.NoInlining)] // with all registers for itself
        private static void Multiply<TPlaces>(ReadOnlySpan<byte> codes, ReadOnlySpan<float> scales, QuantisedVector vector, Span<float> y)
            where TPlaces : IPlaces
        {
            var pairs = vector.Pairs;
            var places = vector.Places;
            ArgumentOutOfRangeException.ThrowIfLessThan(codes.Length, pairs.Length * OutputsOfGroup * 2);
            ArgumentOutOfRangeException.ThrowIfNotEqual(scales.Length, OutputsOfGroup);
            ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, OutputsOfGroup);
            // A word v is 256 h + l + 128. So the products of v and of h = v >> 8 are enough: those of l are what is left, in
            // whole numbers of 32 bits that may run over in between, as the result does not.
            var without = Vector256.Create(unchecked(-LowOffset * vector.Sum));
            var (bothA, bothB, bothC, bothD) = (without, without, without, without);
            var (highA, highB, highC, highD) = (Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero);
            // Stays within the codes, because of the check above: what is read of them lies where a pair lies, and that access is checked.
            ref var first = ref MemoryMarshal.GetReference(codes);
            var count = TPlaces.Count(pairs, places);
            for (var i = 0; i < count; i++)
            {
                var place = TPlaces.At(places, i);
                var x = Vector256.Create(pairs[place]).AsInt16();
                ref var code = ref Unsafe.Add(ref first, (nuint)(uint)place * (OutputsOfGroup * 2));
                if (TPlaces.AreScattered && i + PairsAhead < count)
                    Fetch(ref Unsafe.Add(ref first, (nuint)(uint)TPlaces.At(places, i + PairsAhead) * (OutputsOfGroup * 2)));
                var a = Vector256.LoadUnsafe(ref code).AsInt16();
                var b = Vector256.LoadUnsafe(ref code, 32).AsInt16();
                var c = Vector256.LoadUnsafe(ref code, 64).AsInt16();
                var d = Vector256.LoadUnsafe(ref code, 96).AsInt16();
                bothA += Avx2.MultiplyAddAdjacent(a, x);
                bothB += Avx2.MultiplyAddAdjacent(b, x);
                bothC += Avx2.MultiplyAddAdjacent(c, x);
                bothD += Avx2.MultiplyAddAdjacent(d, x);
                highA += Avx2.MultiplyAddAdjacent(a >> 8, x);
                highB += Avx2.MultiplyAddAdjacent(b >> 8, x);
                highC += Avx2.MultiplyAddAdjacent(c >> 8, x);
                highD += Avx2.MultiplyAddAdjacent(d >> 8, x);
            }
            var scale = Vector256.Create(vector.Scale);
            Scale(highA, bothA, scales, scale, y, 0);
            Scale(highB, bothB, scales, scale, y, 16);
            Scale(highC, bothC, scales, scale, y, 32);
            Scale(highD, bothD, scales, scale, y, 48);
        }

        /// <summary>Sixteen outputs.</summary>
        private static void Scale(Vector256<int> high, Vector256<int> both, ReadOnlySpan<float> scales, Vector256<float> scale, Span<float> y, nuint output)
        {
            // Both spans are of 64 numbers, which the caller checks.
            ref var factors = ref MemoryMarshal.GetReference(scales);
            ref var results = ref MemoryMarshal.GetReference(y);
            var low = both - (high << 8);
            (Vector256.ConvertToSingle(high) * (Vector256.LoadUnsafe(ref factors, output) * scale)).StoreUnsafe(ref results, output);
            (Vector256.ConvertToSingle(low) * (Vector256.LoadUnsafe(ref factors, output + 8) * scale)).StoreUnsafe(ref results, output + 8);
        }

        /// <summary>The two lines of a pair's weights: lines that do not follow one another, no processor foresees.</summary>
        private static unsafe void Fetch(ref byte code)
        {
            // An address to fetch from need not be valid, or stay so when the collector moves the codes: nothing is read through it.
            var address = (byte*)Unsafe.AsPointer(ref code);
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
    private readonly struct PortableGroup : IGroup
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static void Multiply(ReadOnlySpan<byte> codes, ReadOnlySpan<float> scales, QuantisedVector x, Span<float> y)
        {
            var pairs = x.Pairs;
            ArgumentOutOfRangeException.ThrowIfLessThan(codes.Length, pairs.Length * OutputsOfGroup * 2);
            for (var first = 0; first < OutputsOfGroup; first += OutputsOfRegister * 2)
            {
                var (highLeft, highRight) = (Vector128<int>.Zero, Vector128<int>.Zero);
                var (lowLeft, lowRight) = (Vector128<int>.Zero, Vector128<int>.Zero);
                // Stays within the codes, because of the check above.
                ref var begin = ref Unsafe.Add(ref MemoryMarshal.GetReference(codes), first * 2);
                foreach (var place in x.Places)
                {
                    var pair = pairs[place];
                    ref var code = ref Unsafe.Add(ref begin, (nuint)place * (OutputsOfGroup * 2));
                    // The two inputs stand in the low and the high half of the pair, and their weights in those of each lane.
                    var (even, odd) = (Vector128.Create((int)(short)pair), Vector128.Create(pair >> 16));
                    var (left, right) = (Vector128.LoadUnsafe(ref code).AsInt32(), Vector128.LoadUnsafe(ref code, 16).AsInt32());
                    highLeft += (((left << 16) >> 24) * even) + ((left >> 24) * odd);
                    highRight += (((right << 16) >> 24) * even) + ((right >> 24) * odd);
                    lowLeft += (Low(left) * even) + (Low(left >> 16) * odd);
                    lowRight += (Low(right) * even) + (Low(right >> 16) * odd);
                }
                Scale(highLeft, scales[first..], x.Scale, y[first..]);
                Scale(highRight, scales[(first + 4)..], x.Scale, y[(first + 4)..]);
                Scale(lowLeft, scales[(first + 8)..], x.Scale, y[(first + 8)..]);
                Scale(lowRight, scales[(first + 12)..], x.Scale, y[(first + 12)..]);
            }
        }

        private static void Scale(Vector128<int> sums, ReadOnlySpan<float> scales, float scale, Span<float> y) =>
            (Vector128.ConvertToSingle(sums) * (Vector128.Create(scales) * scale)).CopyTo(y);

        private static Vector128<int> Low(Vector128<int> words) => (words & Vector128.Create(0xFF)) - Vector128.Create(LowOffset);
    }
}
