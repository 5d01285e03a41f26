using MidiMuse.Core.Audio;

namespace MidiMuse.Models.Listening;

/// <summary>Integrated loudness by ITU-R BS.1770-4: K-weighting, blocks of 400 ms that overlap by three quarters, two gates.</summary>
public static class Loudness
{
    private const double AbsoluteGate = -70;

    private const double RelativeGate = -10;

    private const int BlockFrames = Synthesizer.SampleRate * 4 / 10;

    private const int HopFrames = BlockFrames / 4;

    /// <param name="audio">Left and right, or mono, at 48 kHz.</param>
    /// <returns>LUFS; null for silence or less than one block.</returns>
    public static double? Integrated(WavAudio audio)
    {
        var weighted = Enumerable.Range(0, audio.Channels).Select(channel => Weigh(audio, channel)).ToArray();
        var powers = new List<double>();
        for (var start = 0; start + BlockFrames <= audio.Frames; start += HopFrames)
            powers.Add(weighted.Sum(channel => Power(channel.AsSpan(start, BlockFrames))));
        var loud = powers.Where(p => ToLufs(p) > AbsoluteGate).ToList();
        if (loud.Count == 0)
            return null;
        var gate = ToLufs(loud.Average()) + RelativeGate;
        return ToLufs(loud.Where(p => ToLufs(p) > gate).Average());
    }

    private static double ToLufs(double power) => -0.691 + (10 * Math.Log10(Math.Max(power, 1e-20)));

    private static double Power(ReadOnlySpan<double> block)
    {
        double sum = 0;
        foreach (var sample in block)
            sum += sample * sample;
        return sum / block.Length;
    }

    /// <summary>The two filters of the recommendation's tables 1 and 2, for 48 kHz.</summary>
    private static double[] Weigh(WavAudio audio, int channel)
    {
        var samples = new double[audio.Frames];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = audio.Samples[(i * audio.Channels) + channel];
        var shelf = Filter(samples, 1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585);
        return Filter(shelf, 1, -2, 1, -1.99004745483398, 0.99007225036621);
    }

    private static double[] Filter(double[] x, double b0, double b1, double b2, double a1, double a2)
    {
        var y = new double[x.Length];
        double x1 = 0, x2 = 0, y1 = 0, y2 = 0;
        for (var i = 0; i < x.Length; i++)
        {
            y[i] = (b0 * x[i]) + (b1 * x1) + (b2 * x2) - (a1 * y1) - (a2 * y2);
            (x2, x1, y2, y1) = (x1, x[i], y1, y[i]);
        }
        return y;
    }
}
