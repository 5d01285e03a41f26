namespace MidiMuse.Core.Tests.Audio;

/// <summary>What rooms, microphones and players do to a recording.</summary>
internal sealed record Degradation(string Name, Func<float[], double, Random, float[]> Apply)
{
    public double DetuneSemitones { get; init; }

    public static readonly Degradation None = new("clean", static (samples, _, _) => samples);

    public static readonly Degradation[] All =
    [
        None,
        new("noise, 20 dB SNR", static (samples, _, random) => AddNoise(samples, 20, random)),
        new("noise, 10 dB SNR", static (samples, _, random) => AddNoise(samples, 10, random)),
        new("reverb, 0.8 s", static (samples, rate, random) => Reverb(samples, rate, 0.8, 0.35, random)),
        new("detuned by 40 cents", static (samples, _, _) => samples) { DetuneSemitones = 0.4 },
        new("low-pass, 8 kHz rate", static (samples, rate, _) => Core.Audio.Resampler.Convert(Core.Audio.Resampler.Convert(samples, rate, 8000), 8000, rate)),
        new("mains hum, -30 dB", static (samples, rate, _) => Hum(samples, rate)),
    ];

    /// <summary>White noise against the signal's power where it sounds.</summary>
    private static float[] AddNoise(float[] samples, double snrDb, Random random)
    {
        var loud = samples.Where(sample => Math.Abs(sample) > 0.01).ToArray();
        var power = loud.Length == 0 ? 1e-6 : loud.Sum(sample => (double)sample * sample) / loud.Length;
        var deviation = Math.Sqrt(power / Math.Pow(10, snrDb / 10));
        return [.. samples.Select(sample => (float)(sample + (deviation * VoiceSynth.Normal(random))))];
    }

    /// <summary>Sparse exponentially dying reflections: velvet noise (Välimäki et al., "Fifty years of artificial reverberation", 2012).</summary>
    private static float[] Reverb(float[] samples, double rate, double seconds, double level, Random random)
    {
        var output = (float[])samples.Clone();
        const double PerSecond = 600;
        for (var tap = 0; tap < seconds * PerSecond; tap++)
        {
            var delay = 0.008 + ((tap + random.NextDouble()) / PerSecond);
            var gain = (float)((random.Next(2) == 0 ? -1 : 1) * level * 0.35 * Math.Pow(10, -3 * delay / seconds));
            var offset = (int)(delay * rate);
            for (var i = offset; i < output.Length; i++)
                output[i] += gain * samples[i - offset];
        }
        return output;
    }

    private static float[] Hum(float[] samples, double rate)
    {
        var output = (float[])samples.Clone();
        for (var i = 0; i < output.Length; i++)
        {
            var t = 2 * Math.PI * i / rate;
            output[i] += (float)(0.5 * 0.0316 * (Math.Sin(50 * t) + (0.5 * Math.Sin(150 * t)) + (0.3 * Math.Sin(250 * t))));
        }
        return output;
    }
}
