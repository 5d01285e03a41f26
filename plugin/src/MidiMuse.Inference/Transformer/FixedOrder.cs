using System.Runtime.Intrinsics;

namespace MidiMuse.Inference.Transformer;

/// <summary>
/// Arithmetic of f32 whose every operation is written down: eight lanes, no fused operations, no library's functions.
/// So it gives the same bits on every processor that keeps to IEEE 754.
/// </summary>
internal static class FixedOrder
{
    public const int Lanes = 8;

    private const float Epsilon = 1e-6f; // as in training

    public static float Sum(Vector256<float> lanes)
    {
        var half = lanes.GetLower() + lanes.GetUpper();
        return (half.GetElement(0) + half.GetElement(1)) + (half.GetElement(2) + half.GetElement(3));
    }

    public static float Largest(Vector256<float> lanes)
    {
        var half = Vector128.Max(lanes.GetLower(), lanes.GetUpper());
        return Math.Max(Math.Max(half.GetElement(0), half.GetElement(1)), Math.Max(half.GetElement(2), half.GetElement(3)));
    }

    /// <summary>x over its root mean square. Spans are of a multiple of 8 values, here and below.</summary>
    public static void Norm(ReadOnlySpan<float> x, Span<float> y)
    {
        var squares = Vector256<float>.Zero;
        for (var i = 0; i < x.Length; i += Lanes)
        {
            var v = Vector256.Create(x[i..]);
            squares += v * v;
        }
        var factor = 1 / MathF.Sqrt((Sum(squares) / x.Length) + Epsilon);
        for (var i = 0; i < x.Length; i += Lanes)
            (Vector256.Create(x[i..]) * factor).CopyTo(y[i..]);
    }

    public static void Add(ReadOnlySpan<float> x, Span<float> sum)
    {
        for (var i = 0; i < sum.Length; i += Lanes)
            (Vector256.Create<float>(sum[i..]) + Vector256.Create(x[i..])).CopyTo(sum[i..]);
    }

    /// <summary>Turns each point (first, second) by its angle. Spans are of a multiple of 4 values.</summary>
    public static void Rotate(Span<float> first, Span<float> second, ReadOnlySpan<float> cosines, ReadOnlySpan<float> sines)
    {
        for (var i = 0; i < first.Length; i += Vector128<float>.Count)
        {
            var (a, b) = (Vector128.Create<float>(first[i..]), Vector128.Create<float>(second[i..]));
            var (cosine, sine) = (Vector128.Create(cosines[i..]), Vector128.Create(sines[i..]));
            ((a * cosine) - (b * sine)).CopyTo(first[i..]);
            ((a * sine) + (b * cosine)).CopyTo(second[i..]);
        }
    }

    /// <summary>relu(x)</summary>
    public static void Rectify(Span<float> x)
    {
        for (var i = 0; i < x.Length; i += Lanes)
            Rectified(Vector256.Create<float>(x[i..])).CopyTo(x[i..]);
    }

    /// <summary>relu(x)²</summary>
    public static void RectifyAndSquare(Span<float> x)
    {
        for (var i = 0; i < x.Length; i += Lanes)
        {
            var v = Rectified(Vector256.Create<float>(x[i..]));
            (v * v).CopyTo(x[i..]);
        }
    }

    /// <summary>All bits go where the sign is set: a maximum that minds NaN and the sign of zero takes several instructions.</summary>
    private static Vector256<float> Rectified(Vector256<float> x) => Vector256.AndNot(x, (x.AsInt32() >> 31).AsSingle());

    /// <summary>Turns scores into shares that add up to 1.</summary>
    /// <param name="count">Scores from there on count as none.</param>
    public static void Softmax(Span<float> scores, int count)
    {
        scores[count..].Fill(float.NegativeInfinity);
        var largest = Vector256.Create(float.NegativeInfinity);
        for (var i = 0; i < scores.Length; i += Lanes)
            largest = Vector256.Max(largest, Vector256.Create<float>(scores[i..]));
        var most = Vector256.Create(Largest(largest));
        var total = Vector256<float>.Zero;
        for (var i = 0; i < scores.Length; i += Lanes)
        {
            var power = Exp(Vector256.Create<float>(scores[i..]) - most);
            total += power;
            power.CopyTo(scores[i..]);
        }
        var factor = 1 / Sum(total);
        for (var i = 0; i < scores.Length; i += Lanes)
            (Vector256.Create<float>(scores[i..]) * factor).CopyTo(scores[i..]);
    }

    /// <summary>e to the power of x, for x of 0 and less; below -80 it is 0. Off by 2e-7 of itself at most.</summary>
    public static Vector256<float> Exp(Vector256<float> x)
    {
        // x = n ln 2 + r with |r| <= ln 2 / 2; e^x = 2^n e^r. ln 2 in two parts, of which the first is exact in few bits.
        var rounder = Vector256.Create(12582912f); // 1.5 * 2^23: leaves no room for a fraction
        var least = Vector256.Create(-80f);
        var shifted = (Vector256.Max(x, least) * 1.44269504f) + rounder;
        var n = shifted - rounder;
        var r = Vector256.Max(x, least) - (n * 0.693359375f) - (n * -2.12194440e-4f);
        // Taylor's polynomial of degree 7: its first missing term is 2.4e-9 of the sum at most.
        var p = (r * (1f / 5040)) + Vector256.Create(1f / 720);
        p = (p * r) + Vector256.Create(1f / 120);
        p = (p * r) + Vector256.Create(1f / 24);
        p = (p * r) + Vector256.Create(1f / 6);
        p = (p * r) + Vector256.Create(0.5f);
        p = (p * r) + Vector256.Create(1f);
        p = (p * r) + Vector256.Create(1f);
        var power = ((shifted.AsInt32() - rounder.AsInt32() + Vector256.Create(127)) << 23).AsSingle();
        return Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(x, least), p * power, Vector256<float>.Zero);
    }
}
