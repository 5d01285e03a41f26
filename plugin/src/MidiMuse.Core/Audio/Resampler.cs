namespace MidiMuse.Core.Audio;

/// <summary>
/// Changes the sample rate of a stream with a windowed sinc (Smith, "Digital Audio Resampling", CCRMA). Output
/// sample n lies exactly at input position n * inputRate / outputRate: the filter's delay is compensated.
/// </summary>
public sealed class Resampler
{
    private const int ZeroCrossings = 12; // on each side: 60 dB and more with the window below
    private const int StepsPerCrossing = 256;
    private const double Rolloff = 0.92;

    private static readonly float[] Kernel = MakeKernel();

    private readonly double _ratio;
    private readonly double _scale;
    private readonly double _reach;
    private readonly List<float> _input = [];
    private long _firstInput;
    private long _output;
    private bool _isFinished;

    public Resampler(double inputRateHz, double outputRateHz)
    {
        if (!(inputRateHz > 0) || !(outputRateHz > 0))
            throw new ArgumentOutOfRangeException(nameof(inputRateHz), inputRateHz, "Rates are positive.");
        _ratio = inputRateHz / outputRateHz;
        _scale = Math.Min(1, 1 / _ratio) * Rolloff;
        _reach = ZeroCrossings / _scale;
    }

    /// <summary>The whole of a signal at once.</summary>
    public static float[] Convert(ReadOnlySpan<float> input, double inputRateHz, double outputRateHz)
    {
        if (inputRateHz == outputRateHz)
            return input.ToArray();
        var resampler = new Resampler(inputRateHz, outputRateHz);
        var output = new List<float>((int)(input.Length * outputRateHz / inputRateHz) + 1);
        resampler.Feed(input, output);
        resampler.Finish(output);
        return [.. output];
    }

    /// <summary>Adds input; what can be computed from it is appended to the output.</summary>
    public void Feed(ReadOnlySpan<float> input, List<float> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _input.AddRange(input);
        Produce(_firstInput + _input.Count - _reach, output);
    }

    /// <summary>The input ends, with silence after it.</summary>
    public void Finish(List<float> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (_isFinished)
            return;
        _isFinished = true;
        var end = _firstInput + _input.Count;
        _input.AddRange(new float[(int)Math.Ceiling(_reach) + 1]);
        Produce(end, output);
    }

    private void Produce(double untilInput, List<float> output)
    {
        for (; _output * _ratio < untilInput; _output++)
            output.Add(At(_output * _ratio));
        var keepFrom = (long)Math.Floor((_output * _ratio) - _reach) - 1;
        var drop = (int)Math.Clamp(keepFrom - _firstInput, 0, _input.Count);
        if (drop < 4096)
            return;
        _input.RemoveRange(0, drop);
        _firstInput += drop;
    }

    private float At(double position)
    {
        var first = Math.Max((long)Math.Ceiling(position - _reach), _firstInput);
        var last = Math.Min((long)Math.Floor(position + _reach), _firstInput + _input.Count - 1);
        var input = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_input);
        var sum = 0.0;
        for (var i = first; i <= last; i++)
        {
            var step = Math.Abs(i - position) * _scale * StepsPerCrossing;
            var index = (int)step;
            if (index + 1 < Kernel.Length)
                sum += input[(int)(i - _firstInput)] * (Kernel[index] + ((step - index) * (Kernel[index + 1] - Kernel[index])));
        }
        return (float)(sum * _scale);
    }

    private static float[] MakeKernel()
    {
        var kernel = new float[(ZeroCrossings * StepsPerCrossing) + 1];
        for (var i = 0; i < kernel.Length; i++)
        {
            var x = i / (double)StepsPerCrossing;
            var sinc = i == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
            var phase = Math.PI * x / ZeroCrossings;
            var blackman = 0.42 + (0.5 * Math.Cos(phase)) + (0.08 * Math.Cos(2 * phase));
            kernel[i] = (float)(sinc * blackman);
        }
        return kernel;
    }
}
