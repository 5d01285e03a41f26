namespace MidiMuse.Core.Tests.Audio;

/// <summary>A singable line on a grid, with the timing of a player.</summary>
internal sealed record RandomMelody(double TempoBpm, IReadOnlyList<(double OnsetPpq, double EndPpq, int Pitch)> Grid, IReadOnlyList<SungNote> Sung, double Seconds)
{
    private static readonly int[] Major = [0, 2, 4, 5, 7, 9, 11];
    private static readonly double[][] Beats = [[0], [0], [0, 0.5], [0, 0.5], [0, 0.25, 0.5, 0.75], [0, 0.75], [0.5], [0, 0.5, 0.75]];
    private static readonly double[][] TripletBeats = [[0], [0, 1.0 / 3, 2.0 / 3], [0, 2.0 / 3], [0, 1.0 / 3, 2.0 / 3]];

    /// <param name="jitterSeconds">Standard deviation of the player's onsets.</param>
    public static RandomMelody Draw(Random random, int bars, double jitterSeconds = 0.012)
    {
        var tempo = 70 + (random.NextDouble() * 70);
        var secondsPerQuarter = 60 / tempo;
        var low = 48 + random.Next(20);
        var degree = random.Next(4, 8);
        var beats = random.Next(5) == 0 ? TripletBeats : Beats;
        var onsets = new List<double>();
        for (var beat = 0; beat < bars * 4; beat++)
        {
            if (random.Next(8) == 0)
                continue; // a held note or a rest
            foreach (var position in beats[random.Next(beats.Length)])
            {
                if (onsets.Count == 0 || (beat + position - onsets[^1]) * secondsPerQuarter > 0.11)
                    onsets.Add(beat + position);
            }
        }
        if (onsets.Count == 0)
            onsets.Add(0);
        var grid = new List<(double, double, int)>();
        var sung = new List<SungNote>();
        for (var i = 0; i < onsets.Count; i++)
        {
            degree = Math.Clamp(degree + Step(random), 0, 12);
            var pitch = low + (12 * (degree / 7)) + Major[degree % 7];
            var next = i + 1 < onsets.Count ? onsets[i + 1] : bars * 4;
            var length = Math.Min(next - onsets[i], 2);
            var legato = random.Next(3) > 0;
            var end = onsets[i] + (legato && length < 2 ? length : length * 0.75);
            grid.Add((onsets[i], end, pitch));
            var jitter = jitterSeconds * VoiceSynth.Normal(random);
            var start = Math.Max((onsets[i] * secondsPerQuarter) + jitter, sung.Count == 0 ? 0 : sung[^1].OnsetSeconds + 0.08);
            var gap = sung.Count > 0 && sung[^1].Pitch == pitch ? 0.06 : 0.005; // a repeated note is articulated, or it is none
            if (sung.Count > 0 && sung[^1].EndSeconds > start - gap)
                sung[^1] = sung[^1] with { EndSeconds = Math.Max(start - gap, sung[^1].OnsetSeconds + 0.05) };
            sung.Add(new SungNote(start, Math.Max(start + 0.07, (end * secondsPerQuarter) - 0.005), pitch, 70 + random.Next(50)));
        }
        return new RandomMelody(tempo, grid, [.. sung.Select(note => note with { OnsetSeconds = note.OnsetSeconds + Lead, EndSeconds = note.EndSeconds + Lead })], (bars * 4 * secondsPerQuarter) + Lead + 0.3);
    }

    /// <summary>Silence before bar 1: a jittered first note must not be cut off.</summary>
    public const double Lead = 0.2;

    private static int Step(Random random) => random.Next(10) switch
    {
        0 or 1 => 0,
        2 or 3 or 4 => 1,
        5 or 6 or 7 => -1,
        8 => random.Next(2, 5),
        _ => -random.Next(2, 5),
    };
}
