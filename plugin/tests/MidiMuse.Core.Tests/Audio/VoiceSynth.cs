namespace MidiMuse.Core.Tests.Audio;

/// <summary>How a line is performed.</summary>
internal sealed record Voice
{
    public required string Name { get; init; }

    /// <summary>Level of harmonic n, n = 1..; formants and all.</summary>
    public required Func<double, int, double> Harmonic { get; init; }

    public double VibratoSemitones { get; init; }

    public double VibratoHz { get; init; } = 5.5;

    /// <summary>From the note before, or from below after a rest.</summary>
    public double GlideSeconds { get; init; }

    public double ScoopSemitones { get; init; }

    public double AttackSeconds { get; init; } = 0.02;

    public double ReleaseSeconds { get; init; } = 0.04;

    /// <summary>Level of noise before and in the attack, against the note.</summary>
    public double Breath { get; init; }

    public double BreathSeconds { get; init; } = 0.04;

    /// <summary>Time constant of dying away; 0 = held.</summary>
    public double DecaySeconds { get; init; }

    /// <summary>How exactly a pitch is hit, in semitones (standard deviation).</summary>
    public double Intonation { get; init; }

    /// <summary>The whole line is off by this.</summary>
    public double DetuneSemitones { get; init; }

    /// <summary>Amplitude tremor, 0..1.</summary>
    public double Tremor { get; init; }

    public int Harmonics { get; init; } = 12;

    /// <summary>Vowels a, e, i, o, u: first two formants (Peterson and Barney 1952, rounded).</summary>
    private static readonly (double F1, double F2)[] Vowels = [(730, 1090), (530, 1840), (270, 2290), (570, 840), (300, 870)];

    public static readonly Voice[] All =
    [
        new() { Name = "sung, held tones", Harmonic = Sung(0), VibratoSemitones = 0.15, GlideSeconds = 0.03, AttackSeconds = 0.03, Breath = 0.1, Intonation = 0.12, Harmonics = 20 },
        new() { Name = "sung, vibrato", Harmonic = Sung(3), VibratoSemitones = 0.7, GlideSeconds = 0.05, AttackSeconds = 0.04, Breath = 0.05, Intonation = 0.12, Tremor = 0.1, Harmonics = 20 },
        new() { Name = "sung, breathy and scooped", Harmonic = Sung(1), VibratoSemitones = 0.25, GlideSeconds = 0.07, ScoopSemitones = 1.5, AttackSeconds = 0.05, Breath = 0.35, BreathSeconds = 0.07, Intonation = 0.18, Harmonics = 20 },
        new() { Name = "hummed", Harmonic = (_, n) => Math.Pow(0.25, n - 1), VibratoSemitones = 0.2, GlideSeconds = 0.06, AttackSeconds = 0.05, Intonation = 0.12, Harmonics = 5 },
        new() { Name = "whistled", Harmonic = (_, n) => n == 1 ? 1 : 0.02, VibratoSemitones = 0.3, GlideSeconds = 0.04, AttackSeconds = 0.03, Breath = 0.15, Intonation = 0.15, Harmonics = 2 },
        new() { Name = "plucked", Harmonic = (_, n) => 1.0 / n, AttackSeconds = 0.003, DecaySeconds = 0.45, Breath = 0.2, BreathSeconds = 0.005, Intonation = 0.03, Harmonics = 15 },
        new() { Name = "bowed", Harmonic = (_, n) => 1 / Math.Pow(n, 0.8), VibratoSemitones = 0.35, VibratoHz = 6, GlideSeconds = 0.03, AttackSeconds = 0.05, Breath = 0.04, Intonation = 0.08, Harmonics = 18 },
        new() { Name = "clarinet-like", Harmonic = (_, n) => n % 2 == 1 ? 1.0 / n : 0.05 / n, AttackSeconds = 0.025, Breath = 0.05, Intonation = 0.06, Harmonics = 13 },
    ];

    private static Func<double, int, double> Sung(int vowel) => (hz, n) =>
    {
        var (f1, f2) = Vowels[vowel];
        var f = hz * n;
        return (1 / Math.Pow(n, 0.9)) * (0.08 + Resonance(f, f1, 90) + (0.6 * Resonance(f, f2, 120)) + (0.25 * Resonance(f, 2600, 200)));
    };

    private static double Resonance(double hz, double centre, double width) => 1 / (1 + Math.Pow((hz - centre) / width, 2));
}

/// <summary>Harmonic voices with glides, vibrato, attack noise, breath and imperfect intonation.</summary>
internal static class VoiceSynth
{
    // returns [samples] f32, peak about 0.5
    public static float[] Render(IReadOnlyList<SungNote> notes, Voice voice, double sampleRateHz, double seconds, Random random)
    {
        var samples = new float[(int)(seconds * sampleRateHz)];
        var before = double.NaN;
        var endBefore = double.NegativeInfinity;
        var phase = random.NextDouble();
        foreach (var note in notes)
        {
            var target = note.Pitch + voice.DetuneSemitones + (voice.Intonation * Normal(random));
            var touches = note.OnsetSeconds - endBefore < 0.06;
            var from = touches ? before : target - voice.ScoopSemitones;
            phase = RenderNote(samples, note, voice, sampleRateHz, from, target, phase, random);
            (before, endBefore) = (target, note.EndSeconds);
        }
        var peak = samples.Max(Math.Abs);
        for (var i = 0; i < samples.Length; i++)
            samples[i] *= 0.5f / Math.Max(peak, 1e-9f);
        return samples;
    }

    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double RenderNote(float[] samples, SungNote note, Voice voice, double rate, double from, double target, double phase, Random random)
    {
        var glide = voice.GlideSeconds * (0.7 + (0.6 * random.NextDouble()));
        var vibratoHz = voice.VibratoHz * (0.9 + (0.2 * random.NextDouble()));
        var vibratoPhase = random.NextDouble();
        var level = Math.Pow(note.Velocity / 127.0, 2);
        var first = (int)Math.Max(0, (note.OnsetSeconds - voice.BreathSeconds) * rate);
        var last = (int)Math.Min(samples.Length - 1, (note.EndSeconds + (4 * voice.ReleaseSeconds)) * rate);
        var attackHz = 440 * Math.Pow(2, (target - 69) / 12);
        var harmonics = Enumerable.Range(1, voice.Harmonics).Select(n => voice.Harmonic(attackHz, n)).ToArray();
        var norm = 1 / Math.Sqrt(harmonics.Sum(h => h * h));
        var noise = 0.0;
        for (var i = first; i <= last; i++)
        {
            var t = (i / rate) - note.OnsetSeconds;
            noise = (0.7 * noise) + (0.3 * Normal(random));
            if (t < 0)
            {
                samples[i] += (float)(level * voice.Breath * noise * (1 + (t / voice.BreathSeconds)));
                continue;
            }
            var vibratoDepth = voice.VibratoSemitones * Math.Clamp((t - 0.12) / 0.15, 0, 1);
            var pitch = target + (vibratoDepth * Math.Sin(2 * Math.PI * ((vibratoHz * t) + vibratoPhase)));
            if (glide > 0)
                pitch += (from - target) * Math.Pow(Math.Max(0, 1 - (t / glide)), 2);
            var hz = 440 * Math.Pow(2, (pitch - 69) / 12);
            phase += hz / rate;
            var envelope = Math.Min(1, t / voice.AttackSeconds) * (voice.DecaySeconds > 0 ? Math.Exp(-t / voice.DecaySeconds) : 1);
            var afterEnd = (i / rate) - note.EndSeconds;
            if (afterEnd > 0)
                envelope *= Math.Exp(-afterEnd / voice.ReleaseSeconds);
            envelope *= 1 + (voice.Tremor * Math.Sin(2 * Math.PI * vibratoHz * t));
            var sum = HarmonicSum(harmonics, phase, Math.Min(harmonics.Length, (int)(rate / 2.2 / hz)));
            var breath = voice.Breath * noise * Math.Exp(-t / 0.05);
            samples[i] += (float)(level * ((norm * sum * envelope) + breath));
        }
        return phase - Math.Floor(phase);
    }

    /// <summary>sin(n x) by its recurrence: 2 cos(x) sin((n-1) x) - sin((n-2) x).</summary>
    private static double HarmonicSum(double[] harmonics, double phase, int count)
    {
        var (sin, cos) = Math.SinCos(2 * Math.PI * phase);
        var (before, now, sum) = (0.0, sin, 0.0);
        for (var n = 0; n < count; n++)
        {
            sum += harmonics[n] * now;
            (before, now) = (now, (2 * cos * now) - before);
        }
        return sum;
    }
}
