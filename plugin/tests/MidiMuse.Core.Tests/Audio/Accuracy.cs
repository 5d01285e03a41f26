using MidiMuse.Core.Audio;

namespace MidiMuse.Core.Tests.Audio;

/// <summary>Renders many melodies with a voice and a degradation and scores what is heard.</summary>
internal static class Accuracy
{
    public const double SampleRateHz = 24000;

    public static NoteScore Measure(IEnumerable<Voice> voices, Degradation degradation, IEnumerable<int> seeds, int bars = 2, NoteScore? score = null)
    {
        score ??= new NoteScore();
        foreach (var voice in voices)
        {
            foreach (var seed in seeds)
                AddOne(score, voice, degradation, new Random(seed), bars);
        }
        return score;
    }

    public static (RandomMelody Melody, float[] Samples) Perform(Voice voice, Degradation degradation, Random random, int bars)
    {
        var melody = RandomMelody.Draw(random, bars);
        var octaves = voice.Name == "whistled" ? 12 : 0;
        if (octaves > 0)
            melody = melody with { Grid = [.. melody.Grid.Select(n => (n.OnsetPpq, n.EndPpq, n.Pitch + octaves))], Sung = [.. melody.Sung.Select(n => n with { Pitch = n.Pitch + octaves })] };
        var detuned = voice with { DetuneSemitones = degradation.DetuneSemitones };
        var clean = VoiceSynth.Render(melody.Sung, detuned, SampleRateHz, melody.Seconds, random);
        return (melody, degradation.Apply(clean, SampleRateHz, random));
    }

    private static void AddOne(NoteScore score, Voice voice, Degradation degradation, Random random, int bars)
    {
        var (melody, samples) = Perform(voice, degradation, random, bars);
        var found = Transcriber.Transcribe(samples, SampleRateHz);
        score.Add(melody.Sung, found);
        var quarters = found.Select(note => (OnsetPpq: (note.OnsetSeconds - RandomMelody.Lead) * melody.TempoBpm / 60, EndPpq: (note.EndSeconds - RandomMelody.Lead) * melody.TempoBpm / 60)).ToArray();
        score.AddGrid(melody, found, GridQuantiser.Quantise(quarters, melody.TempoBpm, OnsetGrid.Auto));
    }
}
