namespace MidiMuse.Core.Audio;

/// <summary>
/// How much a frame's spectrum grows over the one two frames before, in logarithmic bands: spectral flux with a
/// maximum filter over frequency, which vibrato does not excite (Böck and Widmer, "Maximum filter vibrato
/// suppression for onset detection", DAFx 2013).
/// </summary>
internal sealed class OnsetAnalysis
{
    public const int FrameSamples = 512; // 32 ms

    private const int Bands = 36;
    private const int Lag = 2; // frames
    private const double LowestHz = 80;
    private const double HighestHz = 7500;

    private readonly RealFft _fft = new(FrameSamples);
    private readonly float[] _re = new float[FrameSamples];
    private readonly float[] _im = new float[FrameSamples];
    private readonly float[] _window = new float[FrameSamples];
    private readonly int[] _bandStart = new int[Bands + 1]; // [band] first bin
    private readonly float[][] _history = [new float[Bands], new float[Bands], new float[Bands]];
    private int _frames;

    public OnsetAnalysis()
    {
        for (var i = 0; i < FrameSamples; i++)
            _window[i] = (float)((0.5 - (0.5 * Math.Cos(2 * Math.PI * i / FrameSamples))) * 4 / FrameSamples);
        for (var band = 0; band <= Bands; band++)
        {
            var hz = LowestHz * Math.Pow(HighestHz / LowestHz, band / (double)Bands);
            var bin = (int)Math.Round(hz * FrameSamples / AnalysisFormat.SampleRateHz);
            _bandStart[band] = band == 0 ? bin : Math.Max(bin, _bandStart[band - 1] + 1);
        }
    }

    /// <summary>Mean growth of the bands, in bels of a scale that ends softly at -70 dB.</summary>
    // frame [FrameSamples] f32
    public float Analyse(ReadOnlySpan<float> frame)
    {
        for (var i = 0; i < FrameSamples; i++)
            (_re[i], _im[i]) = (frame[i] * _window[i], 0);
        _fft.Forward(_re, _im);
        var now = _history[_frames % _history.Length];
        for (var band = 0; band < Bands; band++)
            now[band] = Level(_bandStart[band], _bandStart[band + 1]);
        var before = _history[(_frames + _history.Length - Lag) % _history.Length];
        _frames++;
        return _frames <= Lag ? 0 : Growth(now, before);
    }

    private float Level(int firstBin, int endBin)
    {
        var power = 0f;
        for (var bin = firstBin; bin < endBin; bin++)
            power += (_re[bin] * _re[bin]) + (_im[bin] * _im[bin]);
        return MathF.Log10(1 + (3000 * MathF.Sqrt(power)));
    }

    private static float Growth(float[] now, float[] before)
    {
        var sum = 0f;
        for (var band = 0; band < Bands; band++)
        {
            var widened = Math.Max(before[band], Math.Max(before[Math.Max(0, band - 1)], before[Math.Min(Bands - 1, band + 1)]));
            sum += Math.Max(0, now[band] - widened);
        }
        return sum / Bands;
    }
}
