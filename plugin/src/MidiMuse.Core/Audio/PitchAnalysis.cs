namespace MidiMuse.Core.Audio;

/// <summary>
/// Pitch candidates of one frame. The cumulative mean normalised difference of YIN (de Cheveigné and Kawahara, "YIN,
/// a fundamental frequency estimator for speech and music", JASA 111, 2002); its minima weighted as in pYIN, by the
/// share of a Beta(2, 18) distribution of thresholds for which a minimum is the first below (Mauch and Dixon,
/// "pYIN: a fundamental frequency estimator using probabilistic threshold distributions", ICASSP 2014).
/// </summary>
internal sealed class PitchAnalysis
{
    public const int LowestPitch = 28;  // 41 Hz, a bass guitar's low E
    public const int HighestPitch = 96; // 2.1 kHz

    private const int Integration = 512; // samples of AnalysisFormat.SampleRateHz: 32 ms
    private const int LongestLag = 400;  // 40 Hz
    private const int ShortestLag = 7;
    private const double BetaB = 18;

    private readonly RealFft _fft = new(1024);
    private readonly float[] _re = new float[1024];
    private readonly float[] _im = new float[1024];
    private readonly float[] _difference = new float[LongestLag + 1];

    /// <summary>Samples of a frame; the pitch is that of its middle.</summary>
    public static int FrameSamples => Integration + LongestLag;

    // frame [FrameSamples] f32
    public PitchCandidates Analyse(ReadOnlySpan<float> frame)
    {
        Difference(frame);
        return Candidates();
    }

    /// <summary>d'(lag): 1 for noise, near 0 at multiples of the period.</summary>
    private void Difference(ReadOnlySpan<float> frame)
    {
        // Cross-correlation of the first samples with all: both real signals in one transform, one half each.
        Array.Clear(_re);
        Array.Clear(_im);
        frame[..FrameSamples].CopyTo(_re);
        frame[..Integration].CopyTo(_im);
        _fft.Forward(_re, _im);
        MultiplyByConjugate();
        _fft.Inverse(_re, _im);
        double energy = 0;
        for (var i = 0; i < Integration; i++)
            energy += frame[i] * (double)frame[i];
        var shifted = energy;
        double sum = 0;
        _difference[0] = 1;
        for (var lag = 1; lag <= LongestLag; lag++)
        {
            shifted += (frame[lag + Integration - 1] * (double)frame[lag + Integration - 1]) - (frame[lag - 1] * (double)frame[lag - 1]);
            var difference = Math.Max(0, energy + shifted - (2.0 * _re[lag] / _fft.Length));
            sum += difference;
            _difference[lag] = sum > 0 ? (float)(difference * lag / sum) : 1;
        }
    }

    /// <summary>With z = a + ib of two real signals: A conj(B), bin by bin, from Z(k) and Z(-k).</summary>
    private void MultiplyByConjugate()
    {
        var length = _fft.Length;
        for (var k = 0; k <= length / 2; k++)
        {
            var m = (length - k) & (length - 1);
            var (aRe, aIm) = ((_re[k] + _re[m]) / 2, (_im[k] - _im[m]) / 2);
            var (bRe, bIm) = ((_im[k] + _im[m]) / 2, (_re[m] - _re[k]) / 2);
            var (re, im) = ((aRe * bRe) + (aIm * bIm), (aIm * bRe) - (aRe * bIm));
            (_re[k], _im[k]) = (re, im);
            (_re[m], _im[m]) = (re, -im);
        }
    }

    private PitchCandidates Candidates()
    {
        var found = new PitchCandidates();
        var lowest = 1.0;
        for (var lag = ShortestLag; lag < LongestLag; lag++)
        {
            var value = _difference[lag];
            if (value >= lowest || value > _difference[lag - 1] || value >= _difference[lag + 1])
                continue;
            var (exactLag, exactValue) = Refine(lag);
            if (exactValue >= lowest)
                continue;
            var pitch = 69 + (12 * Math.Log2(AnalysisFormat.SampleRateHz / exactLag / 440));
            if (pitch is >= LowestPitch - 0.5 and <= HighestPitch + 0.5)
                found.Add(new PitchCandidate((float)pitch, (float)(ShareBelow(lowest) - ShareBelow(exactValue))));
            lowest = exactValue;
        }
        return found;
    }

    private (double Lag, double Value) Refine(int lag)
    {
        double left = _difference[lag - 1], middle = _difference[lag], right = _difference[lag + 1];
        var curvature = left - (2 * middle) + right;
        if (curvature <= 1e-12)
            return (lag, middle);
        var shift = Math.Clamp((left - right) / (2 * curvature), -0.5, 0.5);
        return (lag + shift, Math.Max(0, middle - ((left - right) * shift / 4)));
    }

    /// <summary>Share of the thresholds, Beta(2, 18), that lie below a value.</summary>
    private static double ShareBelow(double value)
    {
        var x = Math.Clamp(value, 0, 1);
        return 1 - (Math.Pow(1 - x, BetaB) * (1 + (BetaB * x)));
    }
}
