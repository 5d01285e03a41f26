using MidiMuse.Core.Audio;

namespace MidiMuse.Core.Tests.Audio;

/// <summary>Oracle: what was synthesised.</summary>
public sealed class TranscriberTests
{
    private static readonly int[] Scale = [60, 62, 64, 65, 67, 69, 71, 72];

    private static readonly Voice Plain = Voice.All.First(voice => voice.Name == "clarinet-like");

    [Theory]
    [InlineData(44100)]
    [InlineData(48000)]
    [InlineData(96000)]
    [InlineData(22050)]
    public void A_scale_is_heard_note_for_note_at_every_sample_rate(double sampleRateHz)
    {
        SungNote[] scale = [.. Scale.Select((pitch, i) => new SungNote(0.2 + (i * 0.3), 0.45 + (i * 0.3), pitch))];
        var samples = VoiceSynth.Render(scale, Plain, sampleRateHz, 3, new Random(1));

        var notes = Transcriber.Transcribe(samples, sampleRateHz);

        Assert.Equal(scale.Select(note => note.Pitch), notes.Select(note => note.Pitch));
        Assert.All(scale.Zip(notes), pair => Assert.InRange(pair.Second.OnsetSeconds - pair.First.OnsetSeconds, -0.02, 0.03));
        Assert.All(notes, note => Assert.InRange(note.Confidence, 0.6, 1));
    }

    [Fact]
    public void What_is_heard_does_not_depend_on_how_the_audio_is_cut()
    {
        var seed = 20261123;
        var random = new Random(seed);
        var (_, samples) = Accuracy.Perform(Voice.All[1], Degradation.All[1], random, bars: 1);
        var whole = Transcriber.Transcribe(samples, Accuracy.SampleRateHz);
        Assert.NotEmpty(whole);
        for (var run = 0; run < 5; run++)
        {
            var transcriber = new Transcriber(Accuracy.SampleRateHz);
            for (var start = 0; start < samples.Length;)
            {
                var length = Math.Min(samples.Length - start, random.Next(1, 3000));
                transcriber.Feed(samples.AsSpan(start, length));
                start += length;
            }
            transcriber.Finish();
            Assert.Equal(whole, transcriber.Notes());
        }
    }

    [Fact]
    public void Neither_silence_nor_noise_nor_a_click_has_notes()
    {
        var random = new Random(3);
        Assert.Empty(Transcriber.Transcribe(new float[48000], 48000));
        Assert.Empty(Transcriber.Transcribe([.. Enumerable.Range(0, 96000).Select(_ => (float)(0.1 * VoiceSynth.Normal(random)))], 48000));
        var click = new float[48000];
        click[20000] = 1;
        Assert.Empty(Transcriber.Transcribe(click, 48000));
    }

    [Fact]
    public void Louder_notes_get_higher_velocities()
    {
        SungNote[] notes = [new(0.2, 0.5, 60, 50), new(0.6, 0.9, 62, 80), new(1.0, 1.3, 64, 110)];

        var heard = Transcriber.Transcribe(VoiceSynth.Render(notes, Plain, 48000, 1.6, new Random(1)), 48000);

        Assert.Equal(3, heard.Count);
        Assert.True(heard[0].Velocity < heard[1].Velocity && heard[1].Velocity < heard[2].Velocity);
        Assert.InRange((double)heard[0].Velocity / heard[2].Velocity, (50 / 110.0) - 0.1, (50 / 110.0) + 0.1);
    }

    [Fact]
    public void A_line_that_is_out_of_tune_as_a_whole_keeps_its_intervals()
    {
        SungNote[] notes = [new(0.2, 0.5, 60), new(0.6, 0.9, 64), new(1.0, 1.3, 67), new(1.4, 1.7, 72)];
        var voice = Plain with { DetuneSemitones = -0.4, Intonation = 0 };

        var heard = Transcriber.Transcribe(VoiceSynth.Render(notes, voice, 48000, 2, new Random(1)), 48000);

        Assert.Equal([60, 64, 67, 72], heard.Select(note => note.Pitch));
        Assert.All(heard, note => Assert.InRange(note.Cents, -50, -30));
    }

    [Fact]
    public void A_resampled_signal_keeps_its_time_and_shape()
    {
        var input = Enumerable.Range(0, 48000).Select(i => (float)Math.Sin(2 * Math.PI * 440 * i / 48000)).ToArray();

        var output = Resampler.Convert(input, 48000, 16000);

        Assert.Equal(16000, output.Length);
        for (var i = 100; i < output.Length - 100; i++)
            Assert.InRange(output[i] - Math.Sin(2 * Math.PI * 440 * i / 16000), -0.002, 0.002);
    }

    [Fact]
    public void What_lies_above_the_new_half_rate_is_gone()
    {
        var input = Enumerable.Range(0, 48000).Select(i => (float)Math.Sin(2 * Math.PI * 10000 * i / 48000)).ToArray();

        var output = Resampler.Convert(input, 48000, 16000);

        Assert.InRange(output.Skip(100).SkipLast(100).Max(Math.Abs), 0, 0.003);
    }
}
