using MidiMuse.Host.Motifs;
using MidiMuse.Host.Performances;
using MidiMuse.Host.Transport;

namespace MidiMuse.Host.Tests.Bundle;

/// <summary>
/// The plugin's own sound, as `play --wav` writes it. Oracle: the energy at each note's fundamental, computed with
/// Goertzel's algorithm, against that a semitone beside it, which is in no chord of these motifs.
/// </summary>
[Collection(BundleTests.Name)]
public sealed class PreviewSoundTests(LoadedBundle bundle)
{
    private const double SampleRateHz = 48000;
    private const double TempoBpm = 100;

    [BundleTheory]
    [InlineData("ode_to_joy")]
    [InlineData("bass_riff")]
    public void Every_note_sounds_at_its_pitch_and_nothing_clips(string motif)
    {
        var (result, notes) = Play(motif);
        var audio = result.Performance.Audio;
        Assert.Equal(audio[0], audio[1]);
        Assert.InRange(audio[0].Max(Math.Abs), 0.05f, 0.99f);
        var compared = 0;
        foreach (var note in notes.Where(note => note.EndPpq - note.OnsetPpq >= 0.4))
        {
            var start = (int)note.OnsetSample + 1000; // after the attack
            var heard = audio[0].AsSpan(start, (int)note.EndSample - start - 200);
            var own = Energy(heard, note.Pitch);
            Assert.True(own > 4 * Energy(heard, note.Pitch + 1) && own > 4 * Energy(heard, note.Pitch - 1), $"{note} is not heard at its pitch");
            compared++;
        }
        Assert.True(compared >= 8, $"only {compared} notes are long enough to be heard");
    }

    [BundleFact]
    public void Drums_are_heard_as_bursts_and_then_silence()
    {
        var (result, notes) = Play("rock_beat");
        var audio = result.Performance.Audio[0];
        Assert.InRange(audio.Max(Math.Abs), 0.05f, 0.99f);
        foreach (var note in notes)
            Assert.True(audio.AsSpan((int)note.OnsetSample, 1500).ToArray().Max(Math.Abs) > 0.01f, $"{note} is not heard");
        Assert.True(audio[^1] is > -0.01f and < 0.01f);
    }

    [BundleFact]
    public void Without_being_asked_for_it_the_plugin_is_silent()
    {
        var result = Answers.Play(bundle, PlanOf("ode_to_joy") with { RecordsAudio = false });
        Assert.Equal(0, result.Performance.OutputPeak);
        Assert.Empty(result.Performance.Audio);
    }

    private (MotifResult Result, EmittedNote[] Notes) Play(string motif)
    {
        var result = Answers.Play(bundle, PlanOf(motif) with { RecordsAudio = true });
        return (result, [.. result.Performance.Pairing.Notes]);
    }

    private static MotifPlan PlanOf(string motif) => new()
    {
        Motif = MotifPlan.NotesOf(ExampleMotifs.All.First(example => example.FileName.StartsWith(motif, StringComparison.Ordinal)).Clip),
        Bars = 2,
        TailPpq = 4,
        SampleRateHz = SampleRateHz,
        Transport = new TransportScript { Tempos = Core.Time.TempoMap.Constant(TempoBpm) },
    };

    /// <summary>Goertzel (1958): the power of one frequency.</summary>
    private static double Energy(ReadOnlySpan<float> samples, int pitch)
    {
        var coefficient = 2 * Math.Cos(2 * Math.PI * 440 * Math.Pow(2, (pitch - 69) / 12.0) / SampleRateHz);
        double before = 0, last = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var window = 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / samples.Length));
            (before, last) = (last, (samples[i] * window) + (coefficient * last) - before);
        }
        return (before * before) + (last * last) - (coefficient * before * last);
    }
}
