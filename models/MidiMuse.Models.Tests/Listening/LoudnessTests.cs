using MidiMuse.Core.Audio;
using MidiMuse.Models.Listening;

namespace MidiMuse.Models.Tests.Listening;

/// <summary>Oracle: ITU-R BS.1770 and EBU Tech 3341, whose test signals must measure what they are made for.</summary>
public class LoudnessTests
{
    [Theory]
    [InlineData(-23.0)]
    [InlineData(-33.0)]
    public void A_stereo_sine_of_1_kHz_measures_its_level(double dbfs)
    {
        // EBU Tech 3341, cases 1 and 2: a sine at -23 (-33) dBFS peak in both channels measures -23 (-33) LUFS.
        var sine = Sine(1000, Math.Pow(10, dbfs / 20), 10);
        Assert.Equal(dbfs, Loudness.Integrated(Stereo(sine))!.Value, 0.1);
    }

    [Fact]
    public void Quiet_passages_do_not_count()
    {
        // EBU Tech 3341, case 3: 10 s at -36, 60 s at -23, 10 s at -36 dBFS measure -23 LUFS.
        float[] signal = [.. Sine(1000, Math.Pow(10, -36 / 20.0), 10), .. Sine(1000, Math.Pow(10, -23 / 20.0), 60), .. Sine(1000, Math.Pow(10, -36 / 20.0), 10)];
        Assert.Equal(-23.0, Loudness.Integrated(Stereo(signal))!.Value, 0.1);
    }

    [Fact]
    public void Silence_has_no_loudness() => Assert.Null(Loudness.Integrated(new WavAudio(Synthesizer.SampleRate, 1, new float[Synthesizer.SampleRate])));

    private static WavAudio Stereo(float[] channel) => new(Synthesizer.SampleRate, 2, [.. channel.SelectMany(s => (float[])[s, s])]);

    private static float[] Sine(double hertz, double amplitude, int seconds) =>
        [.. Enumerable.Range(0, seconds * Synthesizer.SampleRate).Select(i => (float)(amplitude * Math.Sin(2 * Math.PI * hertz * i / Synthesizer.SampleRate)))];
}
