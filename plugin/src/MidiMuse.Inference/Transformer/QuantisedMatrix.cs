using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MidiMuse.Inference.Transformer;

/// <summary>
/// A matrix of weights of 8 bits with a scale for each output, and its product with vectors of 15 bits. Products and sums
/// are of integers, so they are exact: the same on every processor, in every order, for one vector or several.
/// </summary>
internal sealed class QuantisedMatrix
{
    /// <summary>Outputs that are computed side by side, a register of 8 each.</summary>
    private const int OutputsOfGroup = 32;

    private const int OutputsOfRegister = 8;

    private const int LargestWeight = 127;

    /// <summary>A group's weights for two inputs: output 0 of inputs 0 and 1, output 1 of inputs 0 and 1 and so on.</summary>
    private readonly sbyte[] _codes;  // [groups, inputs / 2, 32, 2]

    private readonly float[] _scales; // [groups * 32] f32

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
        for (var output = 0; output < Outputs; output++)
        {
            var (matrix, column) = (weights[output / outputs], output % outputs);
            var largest = 0f;
            for (var input = 0; input < inputs; input++)
                largest = Math.Max(largest, Math.Abs(matrix[(input * outputs) + column]));
            var scale = _scales[output] = largest / LargestWeight;
            for (var input = 0; input < inputs && scale > 0; input++)
            {
                var place = ((((output / OutputsOfGroup * pairs) + (input / 2)) * OutputsOfGroup) + (output % OutputsOfGroup)) * 2;
                _codes[place + (input % 2)] = (sbyte)MathF.Round(matrix[(input * outputs) + column] / scale);
            }
        }
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>Bytes that a product reads.</summary>
    public int Bytes => _codes.Length + (_scales.Length * sizeof(float));

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
        var pairs = (Inputs + 1) / 2;
        var codes = new ReadOnlySpan<sbyte>(_codes);
        var scales = new ReadOnlySpan<float>(_scales);
        Span<float> group = stackalloc float[OutputsOfGroup];
        for (var output = 0; output < Outputs; output += OutputsOfGroup)
        {
            TSums.Sum(codes[..(pairs * OutputsOfGroup * 2)], x.Pairs, out var a, out var b, out var c, out var d);
            var target = Outputs - output >= OutputsOfGroup ? y[output..] : group;
            Scale(a, scales, x.Scale, target);
            Scale(b, scales[8..], x.Scale, target[8..]);
            Scale(c, scales[16..], x.Scale, target[16..]);
            Scale(d, scales[24..], x.Scale, target[24..]);
            if (Outputs - output < OutputsOfGroup)
                group[..(Outputs - output)].CopyTo(y[output..]);
            codes = codes[(pairs * OutputsOfGroup * 2)..];
            scales = scales[OutputsOfGroup..];
        }
    }

    private static void Scale(Vector256<int> sums, ReadOnlySpan<float> scales, float scale, Span<float> y) =>
        (Vector256.ConvertToSingle(sums) * (Vector256.Create(scales) * scale)).CopyTo(y);

    private interface ISums
    {
        /// <summary>The 32 sums of one group.</summary>
        static abstract void Sum(ReadOnlySpan<sbyte> codes, ReadOnlySpan<int> pairs, out Vector256<int> a, out Vector256<int> b, out Vector256<int> c, out Vector256<int> d);
    }

    private readonly struct Avx2Sums : ISums
    {
        [MethodImpl(MethodImplOptions.NoInlining)] // with all registers for itself
        public static void Sum(ReadOnlySpan<sbyte> codes, ReadOnlySpan<int> pairs, out Vector256<int> a, out Vector256<int> b, out Vector256<int> c, out Vector256<int> d)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(codes.Length, pairs.Length * OutputsOfGroup * 2);
            var (sumA, sumB, sumC, sumD) = (Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero);
            // Stays within the codes, because of the check above.
            ref var code = ref MemoryMarshal.GetReference(codes);
            foreach (var pair in pairs)
            {
                var x = Vector256.Create(pair).AsInt16();
                sumA += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref code)), x);
                sumB += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref code, 16)), x);
                sumC += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref code, 32)), x);
                sumD += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref code, 48)), x);
                code = ref Unsafe.Add(ref code, OutputsOfGroup * 2);
            }
            (a, b, c, d) = (sumA, sumB, sumC, sumD);
        }
    }

    private readonly struct PortableSums : ISums
    {
        public static void Sum(ReadOnlySpan<sbyte> codes, ReadOnlySpan<int> pairs, out Vector256<int> a, out Vector256<int> b, out Vector256<int> c, out Vector256<int> d)
        {
            a = b = c = d = Vector256<int>.Zero;
            for (var i = 0; i < pairs.Length; i++)
            {
                // The pair's two inputs, in the low and the high half.
                var even = Vector256.Create((int)(short)pairs[i]);
                var odd = Vector256.Create(pairs[i] >> 16);
                var place = codes.Slice(i * OutputsOfGroup * 2, OutputsOfGroup * 2);
                a += Products(place, even, odd);
                b += Products(place[16..], even, odd);
                c += Products(place[32..], even, odd);
                d += Products(place[48..], even, odd);
            }
        }

        private static Vector256<int> Products(ReadOnlySpan<sbyte> codes, Vector256<int> even, Vector256<int> odd)
        {
            var (low, high) = Vector128.Widen(Vector128.Create(codes));
            // Two weights side by side in each lane of 32 bits.
            var both = Vector256.Create(low, high).AsInt32();
            return (((both << 16) >> 16) * even) + ((both >> 16) * odd);
        }
    }
}
