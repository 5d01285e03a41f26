using MidiMuse.Core.Smf;

namespace MidiMuse.RealHosts.Tests.Juce;

/// <summary>Oracle: what the JUCE host sent to the plugin is what must come back, byte for byte on the same sample.</summary>
public sealed class ThruTests
{
    [JuceFact]
    public void JUCE_sees_an_instrument_with_MIDI_both_ways_and_a_silent_stereo_output()
    {
        var run = JuceHost.Run("--stop", "2");
        Assert.Equal("MidiMuse", run.Plugin.Name);
        Assert.True(run.Plugin.IsInstrument);
        Assert.True(run.Plugin.AcceptsMidi);
        Assert.True(run.Plugin.ProducesMidi);
        Assert.Equal(2, run.Plugin.AudioInputs); // the side-chain, off by default: the host asks JUCE for all buses
        Assert.Equal(2, run.Plugin.AudioOutputs);
        Assert.Equal(0, run.Plugin.LatencySamples);
        Assert.Equal(0, run.Only.Peak);
        Assert.Empty(run.Only.Events);
    }

    [JuceTheory]
    [InlineData("--block", "1", "--bpm", "480")]
    [InlineData("--block", "511")]
    [InlineData("--block", "4096")]
    [InlineData("--random-blocks", "11")]
    [InlineData("--random-blocks", "12", "--ppq-ticks", "1920")]
    [InlineData("--random-blocks", "13", "--sample-rate", "44100")]
    [InlineData("--random-blocks", "14", "--start", "-4")]
    public void Thru_returns_every_note_on_its_sample(params string[] options)
    {
        var motif = Motif.Played(seed: 5).WriteTo(Repository.NewWorkFolder("motif"));
        var run = JuceHost.Run(["--motif", motif, "--set", "Arm=Off", "--set", "Thru=On", "--stop", "12", .. options]);
        Assert.NotEmpty(run.Input);
        Assert.Equal(run.Input.Select(midi => midi.Exactly), run.Only.Events.Select(midi => midi.Exactly));
    }

    [JuceTheory]
    [InlineData("--block", "512")]
    [InlineData("--random-blocks", "21")]
    [InlineData("--random-blocks", "22", "--cross-loop-end")]
    public void Thru_in_a_loop_leaves_nothing_sounding(params string[] options)
    {
        var motif = Motif.Played(seed: 6).WriteTo(Repository.NewWorkFolder("motif"));
        var run = JuceHost.Run(["--motif", motif, "--set", "Arm=Off", "--loop", "1.3", "5.7", "--stop", "30", .. options]);
        var onsets = run.Input.Where(midi => midi.IsNoteOn).Select(midi => midi.Exactly);
        Assert.Equal(onsets, run.Only.Events.Where(midi => midi.IsNoteOn).Select(midi => midi.Exactly));
        run.Only.PairedNotes();
    }

    [JuceFact]
    public void Controllers_come_through_in_the_block_in_which_they_came()
    {
        const int blockSamples = 256;
        var track = new SmfTrack(
            [
                SmfEvent.ChannelMessage(100, 0xB0, 64, 127),
                SmfEvent.ChannelMessage(500, 0xE3, 80, 79),
                SmfEvent.ChannelMessage(900, 0xD0, 50),
                SmfEvent.ChannelMessage(1300, 0xB9, 1, 33),
                SmfEvent.ChannelMessage(1700, 0xB0, 64, 0),
            ],
            1920);
        var path = Path.Combine(Repository.NewWorkFolder("motif"), "controllers.mid");
        File.WriteAllBytes(path, SmfWriter.ToBytes(new SmfFile(0, SmfDivision.Musical(960), [track])));
        var run = JuceHost.Run("--motif", path, "--set", "Arm=Off", "--stop", "4", "--block", $"{blockSamples}");

        // JUCE makes parameter changes of them, which it hands over at the start of the block: see HOST-QUIRKS.md.
        Assert.Equal(5, run.Input.Length);
        Assert.Equal(
            run.Input.Select(midi => (midi.Sample / blockSamples * blockSamples, midi.Exactly.Bytes)),
            run.Only.Events.Select(midi => midi.Exactly));
    }

    [JuceFact]
    public void Without_thru_nothing_comes_out()
    {
        var motif = Motif.Played(seed: 7).WriteTo(Repository.NewWorkFolder("motif"));
        var run = JuceHost.Run("--motif", motif, "--set", "Arm=Off", "--set", "Thru=Off", "--stop", "12");
        Assert.Empty(run.Only.Events);
    }
}
