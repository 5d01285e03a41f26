using MidiMuse.Core.Time;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.State;
using MidiMuse.Testing;

namespace MidiMuse.Engine.Tests.Accompany;

/// <summary>Oracle: what a player expects of somebody who plays along. The model is scripted, or missing.</summary>
public sealed class AccompanimentTests
{
    private const string FourChords = "c4+e4+g4w g3+b3+d4w a3+c4+e4w f3+a3+c4w";
    private static readonly int[] RootsOfFourChords = [0, 7, 9, 5];

    [Theory]
    [InlineData(4, 4)]
    [InlineData(3, 4)]
    [InlineData(6, 8)]
    [InlineData(7, 8)]
    public void It_comes_in_after_the_first_bar_plays_along_and_goes_on_when_the_player_stops(int numerator, int denominator)
    {
        var meter = new Meter(numerator, denominator);
        var part = Enumerable.Range(0, 4).SelectMany(bar => Phrase.Parse("c4e d4e e4e", bar * meter.BarPpq));
        var host = Duet.Play(new ScriptedModel(), part, meter, 8 * meter.BarPpq);
        Assert.Equal(meter.BarPpq, host.Heard[0].OnsetPpq, 9);
        for (var bar = 1; bar < 8; bar++)
            Assert.Contains(host.Heard, note => note.OnsetPpq >= bar * meter.BarPpq && note.OnsetPpq < (bar + 1) * meter.BarPpq);
        Assert.Equal(0, host.BlocksBeyondHorizon);
    }

    [Fact]
    public void Capture_says_how_long_it_listens_first()
    {
        var host = Duet.Play(new ScriptedModel(), Phrase.Parse(FourChords), Meter.CommonTime, 16, listenBars: 2);
        Assert.Equal(8, host.Heard[0].OnsetPpq, 9);
    }

    /// <summary>Without a model the bass plays roots on the bar lines.</summary>
    [Fact]
    public void The_second_time_round_it_knows_the_chords_before_they_are_played()
    {
        var part = Phrase.Parse($"{FourChords} {FourChords} {FourChords}");
        var host = Duet.Play(new ScriptedModel { Fault = "none" }, part, Meter.CommonTime, 64, settings: "Role=Bass");
        for (var bar = 4; bar < 16; bar++)
            Assert.Equal(RootsOfFourChords[bar % 4], host.Heard.First(note => note.OnsetPpq >= (bar * 4) - 1e-9).Pitch % 12);
    }

    [Fact]
    public void A_given_progression_begins_with_the_part()
    {
        var host = Duet.Prepare(new ScriptedModel { Fault = "none" }, Phrase.Parse("c4w c4w c4w c4w"), Meter.CommonTime, 1, "Role=Bass");
        host.Texts.Set(TextTable.Chords, "C | F | G | Am");
        host.Start();
        host.PlayTo(36, 0.25);
        int[] roots = [0, 5, 7, 9];
        for (var bar = 1; bar < 9; bar++)
            Assert.Equal(roots[bar % 4], host.Heard.First(note => note.OnsetPpq >= (bar * 4) - 1e-9).Pitch % 12);
    }

    /// <summary>What is played in bar 3 (from 8 on) is heard in bar 4, and not before.</summary>
    [Fact]
    public void A_bar_goes_by_what_was_played_up_to_a_beat_before_it()
    {
        var one = Duet.Play(new ScriptedModel(), Phrase.Parse("c4w c4w c4+e4+g4w c4w c4w"), Meter.CommonTime, 24);
        var other = Duet.Play(new ScriptedModel(), Phrase.Parse("c4w c4w c#4+f#4+a#4w c4w c4w"), Meter.CommonTime, 24);
        Assert.Equal(one.Heard.Where(note => note.OnsetPpq < 12), other.Heard.Where(note => note.OnsetPpq < 12));
        Assert.NotEqual(one.Heard.Where(note => note.OnsetPpq is >= 12 and < 16), other.Heard.Where(note => note.OnsetPpq is >= 12 and < 16));
    }

    [Fact]
    public void It_is_the_same_for_every_way_of_cutting_time_into_blocks()
    {
        var seed = 20261123;
        var random = new Random(seed);
        var reference = Render(() => 0.01);
        Assert.True(reference.Count > 20);
        foreach (var block in new Func<double>[] { () => 4096 / 24000.0, () => 1.7, () => 0.001 + (random.NextDouble() * 0.3) })
            Assert.True(reference.SequenceEqual(Render(block)), $"seed {seed}");

        static IReadOnlyList<TimelineNote> Render(Func<double> block)
        {
            var host = Duet.Prepare(new ScriptedModel(), Phrase.Parse($"c4q e4e g4e c5q b4s a4s g4e f4q e4q d4h {FourChords}"), Meter.CommonTime);
            host.ScheduleParameter(9.3, ParameterId.Seed, 77);
            host.Start();
            host.PlayTo(32, block);
            return host.Heard;
        }
    }

    [Theory]
    [InlineData(0, 1, "Bass")]
    [InlineData(8, 10, "Chords")]
    [InlineData(0, 9, "Drums")]
    [InlineData(9, 9, "Drums")]
    [InlineData(9, 10, "Bass")]
    public void It_has_a_channel_of_its_own(byte played, byte expected, string role)
    {
        var host = Duet.Play(new ScriptedModel(), Phrase.Parse("c2q d2q e2q f2q", channel: played), Meter.CommonTime, 8, settings: $"Role={role}");
        Assert.NotEmpty(host.Heard);
        Assert.All(host.Heard, note => Assert.Equal(expected, note.Channel));
    }

    [Theory]
    [InlineData("c5q d5q e5q f5q", "Bass")]
    [InlineData("c4+e4+g4w", "Bass")]
    [InlineData("c2q d2q e2q f2q", "Chords")]
    public void Left_to_itself_it_takes_the_part_that_is_missing(string part, string role)
    {
        var host = Duet.Play(new ScriptedModel(), Phrase.Parse(part), Meter.CommonTime, 8);
        Assert.Equal(role, host.Loop.View(null).Role.ToString());
    }

    [Fact]
    public void Switching_Arm_off_ends_it_and_an_answer_length_does()
    {
        var host = Duet.Prepare(new ScriptedModel(), Phrase.Parse(FourChords), Meter.CommonTime);
        host.ScheduleParameter(9, ParameterId.Arm, 0);
        host.Start();
        host.PlayTo(24, 0.25);
        Assert.InRange(host.Heard[^1].OnsetPpq, 8, 16);
        var ofThree = Duet.Play(new ScriptedModel(), Phrase.Parse(FourChords), Meter.CommonTime, 32, settings: "Answer length=3 bars");
        Assert.InRange(ofThree.Heard[^1].OnsetPpq, 12, 16);
    }

    [Fact]
    public void In_real_time_it_is_always_in_time()
    {
        var host = Duet.Prepare(new ScriptedModel(), Phrase.Parse($"{FourChords} {FourChords}"), Meter.CommonTime);
        host.Offline = false;
        host.Start();
        host.PlayTo(40, 0.02);
        Assert.Equal((0, 0), (host.BlocksBeyondHorizon, host.FallbackBarsHeard));
        for (var bar = 1; bar < 10; bar++)
            Assert.Contains(host.Heard, note => note.OnsetPpq >= bar * 4 && note.OnsetPpq < (bar + 1) * 4);
    }

    [Fact]
    public void A_saved_accompaniment_comes_back_and_its_bars_made_anew_are_the_same()
    {
        var host = Duet.Play(new ScriptedModel(), Phrase.Parse($"{FourChords} {FourChords}"), Meter.CommonTime, 40, settings: "Answer length=7 bars");
        host.Stop();
        var state = StateCodec.TryRead(StateCodec.Write(host.Parameters, host.Loop.View(null), null, null));
        var other = Duet.Prepare(new ScriptedModel(), [], Meter.CommonTime, 1, "Answer length=7 bars");
        other.Loop.Restore(state);
        Assert.Equal(host.Loop.Planner.Bars.SelectMany(bar => bar.Notes), other.Loop.Planner.Bars.SelectMany(bar => bar.Notes));

        foreach (var one in new[] { host, other })
        {
            Assert.True(one.Do(new Regenerate(new BarRange(2, 4))).Ok);
            one.WorkInSpareTime();
        }
        Assert.Equal(host.Loop.Planner.Bars.SelectMany(bar => bar.Notes), other.Loop.Planner.Bars.SelectMany(bar => bar.Notes));
    }

    /// <summary>An hour of playing along must not make a project grow without end.</summary>
    [Fact]
    public void Of_a_long_session_it_remembers_the_last_bars()
    {
        var part = Enumerable.Range(0, 120).SelectMany(bar => Phrase.Parse("c4q e4q g4q e4q", bar * 4));
        var host = Duet.Play(new ScriptedModel(), part, Meter.CommonTime, 480, blockPpq: 1);
        Assert.InRange(host.Loop.Planner.Motif!.Notes.Length, 200, 4 * 70);
        Assert.Equal(0, host.BlocksBeyondHorizon);
    }
}
