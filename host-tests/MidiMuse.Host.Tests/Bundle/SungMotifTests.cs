using MidiMuse.Core.Tests.Audio;
using MidiMuse.Core.Time;
using MidiMuse.Host.Motifs;
using MidiMuse.Host.Performances;
using MidiMuse.Host.Transport;

namespace MidiMuse.Host.Tests.Bundle;

/// <summary>Oracle: the melody that was synthesised into a WAV file and sung into the plugin's audio input.</summary>
[Collection(BundleTests.Name)]
public sealed class SungMotifTests
{
    private const double Bpm = 100;

    private readonly LoadedBundle _bundle;

    public SungMotifTests(LoadedBundle bundle) => _bundle = bundle;

    [BundleFact]
    public void A_recording_is_heard_note_for_note_and_answered()
    {
        var (heard, result) = Sing(BlockSizes.Fixed(512));

        var sung = Answers.Motif(Answers.FourFour, Meter.CommonTime);
        Assert.Equal(sung.Select(note => (note.OnsetPpq, note.Pitch)), heard.Select(note => (note.OnsetPpq, note.Pitch)));
        Assert.Equal(8, result.AnswerStartPpq);
        Assert.NotEmpty(result.Answer);
        Answers.AssertClean(result);
    }

    [BundleFact]
    public void What_is_heard_and_answered_offline_is_the_same_for_every_block_size()
    {
        var (heard, result) = Sing(BlockSizes.Fixed(512));
        foreach (var blocks in new[] { BlockSizes.Fixed(64), BlockSizes.Fixed(4096), BlockSizes.Random(seed: 5) })
        {
            var (otherHeard, other) = Sing(blocks);
            Assert.Equal(heard, otherHeard);
            Assert.Equal(Answers.Ticks(result), Answers.Ticks(other));
        }
    }

    private (IReadOnlyList<InputNote> Heard, MotifResult Result) Sing(BlockSizes blocks)
    {
        var tempos = TempoMap.Constant(Bpm);
        var recording = RecordedMotif.Read(new MemoryStream(Wav(tempos)), sampleRateHz: null, tempos);
        var plan = new MotifPlan
        {
            Motif = recording.Notes,
            Recording = recording.Samples,
            SampleRateHz = recording.SampleRateHz,
            Bars = 2,
            Transport = new TransportScript { Tempos = tempos },
            Blocks = blocks,
            Settings = [("Seed", "7")],
        };
        using var plugin = _bundle.CreatePlugin();
        var result = new MotifSession(plugin, plan).Run();
        return (RecordedMotif.HeardBy(plugin)!, result);
    }

    private static byte[] Wav(TempoMap tempos)
    {
        SungNote[] notes =
        [
            .. Answers.Motif(Answers.FourFour, Meter.CommonTime).Select(note => new SungNote(
                tempos.ToSeconds(note.OnsetPpq), tempos.ToSeconds(note.OnsetPpq + (note.DurationPpq * 0.9)), note.Pitch)),
        ];
        var mono = VoiceSynth.Render(notes, Voice.All.First(voice => voice.Name == "clarinet-like"), 44100, tempos.ToSeconds(8), new Random(1));
        return WavBytes.File([.. mono.SelectMany(sample => new[] { sample, sample * 0.8f })], 2, 44100, 24);
    }
}
