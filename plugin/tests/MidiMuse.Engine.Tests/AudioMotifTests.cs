using MidiMuse.Core.Tests.Audio;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;
using MidiMuse.Testing;

namespace MidiMuse.Engine.Tests;

/// <summary>Oracle: the melody that was synthesised, and the same rules that played motifs obey.</summary>
public sealed class AudioMotifTests
{
    private const double RateHz = 24000;
    private const double SecondsPerQuarter = 0.5;
    private const string Song = "c4q e4q g4h c4q e4q g4e a4e g4q";

    [Fact]
    public void A_sung_motif_is_answered_on_the_bar_line_after_it()
    {
        var host = Singing(Song);

        host.Start();
        host.PlayTo(16);

        var motif = host.Loop.Planner.Motif!;
        Assert.Equal((0.0, 8.0), (motif.StartPpq, motif.EndPpq));
        Assert.Equal(Phrase.Parse(Song).Select(note => (note.OnsetPpq, note.Pitch)), motif.Notes.Select(note => (note.OnsetPpq, note.Pitch)));
        Assert.Equal(8, host.Heard[0].OnsetPpq, 9);
        Assert.Equal(0, host.BlocksBeyondHorizon);
        var report = host.Loop.View(null).Audio!;
        Assert.Equal(8, report.Notes);
        Assert.InRange(report.Confidence, 0.4, 1);
    }

    [Fact]
    public void What_is_heard_and_answered_is_the_same_for_every_way_of_cutting_time_into_blocks()
    {
        var seed = 20261123;
        var random = new Random(seed);
        var (reference, notes) = Render(() => 0.01);
        Assert.NotEmpty(reference);
        Assert.Equal(8, notes.Length);
        foreach (var block in new Func<double>[] { () => 4096 / 24000.0, () => 1.7, () => 0.001 + (random.NextDouble() * 0.3) })
        {
            var (heard, other) = Render(block);
            Assert.True(reference.SequenceEqual(heard), $"seed {seed}");
            Assert.Equal(notes.Select(Rounded), other.Select(Rounded));
        }

        static (IReadOnlyList<TimelineNote> Heard, TimelineNote[] Motif) Render(Func<double> block)
        {
            var host = Singing(Song, startPpq: 0.5);
            host.Set(ParameterId.AudioMotif, 0);
            host.ScheduleParameter(0.37, ParameterId.AudioMotif, 1); // in the middle of some blocks
            host.Start();
            host.PlayTo(24, block);
            return (host.Heard, [.. host.Loop.Planner.Motif!.Notes]);
        }

        static (double, double, byte, byte) Rounded(TimelineNote note) => (Math.Round(note.OnsetPpq, 7), Math.Round(note.EndPpq, 7), note.Pitch, note.Velocity);
    }

    [Fact]
    public void Without_the_parameter_nothing_is_heard()
    {
        var host = Singing(Song);
        host.Set(ParameterId.AudioMotif, 0);

        host.Start();
        host.PlayTo(16);

        Assert.Equal(EnginePhase.Waiting, host.Loop.Phase);
        Assert.Empty(host.Heard);
    }

    [Fact]
    public void A_motif_that_begins_late_in_a_bar_is_captured_from_that_bar_s_line()
    {
        var host = Singing("e4q g4q a4q g4q", startPpq: 6);

        host.Start();
        host.PlayTo(24);

        Assert.Equal((4.0, 12.0), (host.Loop.Planner.Motif!.StartPpq, host.Loop.Planner.Motif.EndPpq));
        Assert.Equal(6, host.Loop.Planner.Motif.Notes[0].OnsetPpq);
        Assert.Equal(12, host.Heard[0].OnsetPpq, 9);
    }

    [Fact]
    public void A_note_that_is_noticed_only_after_the_capture_would_have_ended_gets_a_bar_more()
    {
        var host = Singing("e4q g4q a4h", startPpq: 3.75);
        host.Set(ParameterId.Capture, 1);

        host.Start();
        host.PlayTo(24);

        Assert.Equal((0.0, 8.0), (host.Loop.Planner.Motif!.StartPpq, host.Loop.Planner.Motif.EndPpq));
        Assert.Equal(0, host.BlocksBeyondHorizon);
    }

    [Fact]
    public void A_capture_until_silence_ends_when_nothing_is_sung_for_a_bar()
    {
        var host = Singing(Song);
        host.Set(ParameterId.Capture, 0);

        host.Start();
        host.PlayTo(24);

        Assert.Equal(12, host.Loop.Planner.Motif!.EndPpq);
        Assert.Equal(12, host.Heard[0].OnsetPpq, 9);
    }

    [Fact]
    public void Latency_is_taken_off()
    {
        var host = Singing(Song, latencySeconds: 0.12);
        host.Set(ParameterId.AudioLatency, 120);

        host.Start();
        host.PlayTo(16);

        Assert.Equal(Phrase.Parse(Song).SkipLast(1).Select(note => (note.OnsetPpq, note.Pitch)), host.Loop.Planner.Motif!.Notes.SkipLast(1).Select(note => (note.OnsetPpq, note.Pitch)));
    }

    [Fact]
    public void In_real_time_the_first_bar_is_planned_from_what_was_heard_before_the_bar_line()
    {
        var host = Singing(Song);
        host.Offline = false;

        host.Start();
        host.PlayTo(16, 0.02);

        Assert.Equal(8, host.Heard[0].OnsetPpq, 9);
        Assert.Contains(host.Bars, bar => bar.StartPpq == 8 && bar.IsProvisional && !bar.IsFallback);
        Assert.Equal(0, host.FallbackBarsHeard);
    }

    [Fact]
    public void Call_and_response_listens_again_after_the_answer()
    {
        var host = new FakeHost(new ScriptedModel());
        host.Set(ParameterId.Arm, 1);
        host.Set(ParameterId.AudioMotif, 1);
        host.Set(ParameterId.Capture, 1);
        host.Set(ParameterId.Mode, 1);
        host.Sing(Rendered([.. Phrase.Parse("c4q e4q g4h"), .. Phrase.Parse("a4q g4q f4h", startPpq: 8)], 0, 20), RateHz);

        host.Start();
        host.PlayTo(20);

        Assert.Equal([69, 67, 65], host.Loop.Planner.Motif!.Notes.Select(note => (int)note.Pitch));
        Assert.Equal(8, host.Loop.Planner.Motif.StartPpq);
        Assert.Contains(host.Heard, note => note.OnsetPpq is >= 4 and < 8);
        Assert.Contains(host.Heard, note => note.OnsetPpq is >= 12 and < 16);
    }

    [Fact]
    public void A_loud_room_does_not_start_a_capture()
    {
        var random = new Random(3);
        var host = Singing(Song);
        host.Sing([.. Enumerable.Range(0, (int)(12 * RateHz)).Select(_ => (float)(0.05 * VoiceSynth.Normal(random)))], RateHz);

        host.Start();
        host.PlayTo(24);

        Assert.Equal(EnginePhase.Waiting, host.Loop.Phase);
    }

    private static FakeHost Singing(string phrase, double startPpq = 0, double latencySeconds = 0)
    {
        var host = new FakeHost(new ScriptedModel());
        host.Set(ParameterId.Arm, 1);
        host.Set(ParameterId.Capture, 2);
        host.Set(ParameterId.AudioMotif, 1);
        host.Sing(Rendered(Phrase.Parse(phrase, startPpq), latencySeconds, 24), RateHz);
        return host;
    }

    private static float[] Rendered(TimelineNote[] notes, double latencySeconds, double quarters) => VoiceSynth.Render(
        [.. notes.Select(note => new SungNote((note.OnsetPpq * SecondsPerQuarter) + latencySeconds, (note.EndPpq * SecondsPerQuarter) + latencySeconds - 0.02, note.Pitch))],
        Voice.All.First(voice => voice.Name == "clarinet-like"),
        RateHz,
        quarters * SecondsPerQuarter,
        new Random(1));
}
