namespace MidiMuse.Core.Audio;

/// <summary>
/// Fourier transform of a fixed power of two, in place and without allocation (Cooley and Tukey 1965). Two real
/// signals at once travel as real and imaginary part.
/// </summary>
internal sealed class RealFft
{
    private readonly float[] _cos;
    private readonly float[] _sin;
    private readonly int[] _reversed;

    public RealFft(int length)
    {
        if (length < 2 || (length & (length - 1)) != 0)
            throw new ArgumentOutOfRangeException(nameof(length), length, "A power of two.");
        Length = length;
        _cos = new float[length / 2];
        _sin = new float[length / 2];
        _reversed = new int[length];
        var bits = int.Log2(length);
        for (var i = 0; i < length / 2; i++)
            (_sin[i], _cos[i]) = ((float)Math.Sin(-2 * Math.PI * i / length), (float)Math.Cos(2 * Math.PI * i / length));
        for (var i = 0; i < length; i++)
            _reversed[i] = (_reversed[i >> 1] >> 1) | ((i & 1) << (bits - 1));
    }

    public int Length { get; }

    /// <summary>Forward, not scaled. // re, im [Length] f32</summary>
    public void Forward(Span<float> re, Span<float> im)
    {
        for (var i = 0; i < Length; i++)
        {
            var j = _reversed[i];
            if (j <= i)
                continue;
            (re[i], re[j]) = (re[j], re[i]);
            (im[i], im[j]) = (im[j], im[i]);
        }
        for (var half = 1; half < Length; half <<= 1)
            Combine(re, im, half);
    }

    /// <summary>Inverse, not scaled: the sum over all bins. // re, im [Length] f32</summary>
    public void Inverse(Span<float> re, Span<float> im) => Forward(im, re);

    private void Combine(Span<float> re, Span<float> im, int half)
    {
        var stride = Length / (2 * half);
        for (var start = 0; start < Length; start += 2 * half)
        {
            for (var k = 0; k < half; k++)
            {
                var (even, odd) = (start + k, start + k + half);
                var (cos, sin) = (_cos[k * stride], _sin[k * stride]);
                var oddRe = (re[odd] * cos) - (im[odd] * sin);
                var oddIm = (re[odd] * sin) + (im[odd] * cos);
                (re[odd], im[odd]) = (re[even] - oddRe, im[even] - oddIm);
                (re[even], im[even]) = (re[even] + oddRe, im[even] + oddIm);
            }
        }
    }
}
