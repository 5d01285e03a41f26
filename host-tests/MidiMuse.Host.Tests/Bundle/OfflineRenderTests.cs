using MidiMuse.Core.Time;
using MidiMuse.Host.Motifs;
using MidiMuse.Host.Performances;
using MidiMuse.Host.Transport;
using Xunit.Abstractions;

namespace MidiMuse.Host.Tests.Bundle;

/// <summary>Oracle: the render with blocks of 512 at 48 kHz; music must not depend on how a host cuts time.</summary>
[Collection(BundleTests.Name)]
public sealed class OfflineRenderTests
{
    private const double SamplePpq = 120 / 60.0 / 48000;

    private readonly LoadedBundle _bundle;
    private readonly ITestOutputHelper _output;

    public OfflineRenderTests(LoadedBundle bundle, ITestOutputHelper output)
    {
        _bundle = bundle;
        _output = output;
    }

    public static TheoryData<string, int, int> Meters() => new()
    {
        { Answers.FourFour, 4, 4 },
        { Answers.ThreeFour, 3, 4 },
        { Answers.SixEight, 6, 8 },
        { Answers.SevenEight, 7, 8 },
    };

    [BundleTheory]
    [MemberData(nameof(Meters))]
    public void Block_sizes_and_sample_rates_do_not_change_the_answer(string motif, int numerator, int denominator)
    {
        var plan = Answers.Plan(motif, new Meter(numerator, denominator));
        var reference = Answers.Play(_bundle, plan);
        var expected = Answers.Ticks(reference);
        Assert.NotEmpty(expected);
        var seed = Environment.TickCount;
        _output.WriteLine($"seed of the random blocks {seed}");
        foreach (var (name, other) in Variants(plan, seed))
        {
            var result = Answers.Play(_bundle, other);
            Answers.AssertClean(result);
            Assert.True(expected.SequenceEqual(Answers.Ticks(result)), $"{name} differs");
        }
    }

    [BundleTheory]
    [MemberData(nameof(Meters))]
    public void The_answer_begins_on_the_bar_line_after_the_motif(string motif, int numerator, int denominator)
    {
        var meter = new Meter(numerator, denominator);
        var result = Answers.Play(_bundle, Answers.Plan(motif, meter));
        Answers.AssertClean(result);
        Assert.Equal(2 * meter.BarPpq, result.AnswerStartPpq);
        // Before the bar line: the motif that is passed through, and nothing else.
        var before = result.Performance.Pairing.Notes.Where(n => n.OnsetPpq < result.AnswerStartPpq - SamplePpq);
        Assert.Equal(Answers.Motif(motif, meter).Select(n => n.Pitch), before.Select(n => n.Pitch));
        // From it on: the first note on the very bar line, all on the grid of 24 ticks a quarter, none after the last bar.
        Assert.All(result.Answer, n => Assert.Equal(Math.Round(n.OnsetPpq * 24), n.OnsetPpq * 24, 24 * 2 * SamplePpq));
        Assert.Equal(result.AnswerStartPpq, result.Answer[0].OnsetPpq, SamplePpq);
        Assert.DoesNotContain(result.Performance.Pairing.Notes, n => n.OnsetPpq >= result.AnswerEndPpq - SamplePpq);
    }

    [BundleFact]
    public void Seeds_make_different_answers_and_repeat_them()
    {
        var plan = Answers.Plan(Answers.FourFour, Meter.CommonTime, bars: 4, bpm: 120, ("Temperature", "1.2"));
        var answers = Enumerable.Range(1, 4).Select(seed => Answers.Ticks(Answers.Play(_bundle, plan with { Settings = [.. plan.Settings, ("Seed", $"{seed}")] }))).ToArray();
        var again = Answers.Ticks(Answers.Play(_bundle, plan with { Settings = [.. plan.Settings, ("Seed", "1")] }));
        Assert.Equal(answers[0], again);
        Assert.True(answers.Select(a => string.Join(' ', a)).Distinct().Count() >= 3);
    }

    [BundleFact]
    public void A_tempo_ramp_does_not_change_the_answer()
    {
        var plan = Answers.Plan(Answers.FourFour, Meter.CommonTime);
        var expected = Answers.Ticks(Answers.Play(_bundle, plan));
        var ramp = plan.Transport with { Tempos = TempoMap.Ramp(1, 120, 22, 75, 1 / 16.0) };
        foreach (var block in (int[])[64, 512])
        {
            var result = Answers.Play(_bundle, plan with { Transport = ramp, Blocks = BlockSizes.Fixed(block) });
            Answers.AssertClean(result);
            AssertNear(expected, Answers.Ticks(result), toleranceTicks: 2);
        }
    }

    [BundleFact]
    public void Quantised_positions_and_odd_bar_positions_do_not_change_the_answer()
    {
        var plan = Answers.Plan(Answers.FourFour, Meter.CommonTime);
        var expected = Answers.Ticks(Answers.Play(_bundle, plan));
        foreach (var position in Enum.GetValues<BarPosition>())
        {
            var transport = plan.Transport with { ReportedPpqStep = 1 / 1920.0, BarPosition = position };
            var result = Answers.Play(_bundle, plan with { Transport = transport, Blocks = BlockSizes.Fixed(64) });
            Answers.AssertClean(result);
            AssertNear(expected, Answers.Ticks(result), toleranceTicks: 1);
        }
    }

    [BundleFact]
    public void Preroll_before_zero_does_not_change_the_answer()
    {
        var plan = Answers.Plan(Answers.FourFour, Meter.CommonTime);
        var result = Answers.Play(_bundle, plan with { Transport = plan.Transport with { StartPpq = -5.5 } });
        Answers.AssertClean(result);
        Assert.Equal(Answers.Ticks(Answers.Play(_bundle, plan)), Answers.Ticks(result));
    }

    [BundleTheory]
    [InlineData(LoopStyle.Split)]
    [InlineData(LoopStyle.Cross)]
    public void A_loop_plays_the_same_onsets_and_lets_nothing_hang(LoopStyle style)
    {
        var plan = Answers.Plan(Answers.FourFour, Meter.CommonTime, bars: 8);
        var expected = Answers.Ticks(Answers.Play(_bundle, plan));
        var looped = plan with { Transport = plan.Transport with { Loop = new LoopRange(0, 16, style) }, Blocks = BlockSizes.Fixed(500) };
        var result = Answers.Play(_bundle, looped);
        Answers.AssertClean(result);
        Assert.Equal(expected.Select(n => (n.OnsetTick, n.Pitch)), Answers.Ticks(result).Select(n => (n.OnsetTick, n.Pitch)));
    }

    [BundleFact]
    public void Meter_changes_inside_the_answer_give_one_answer_for_all_block_sizes()
    {
        var meters = new MeterMap([new MeterPoint(0, new Meter(4, 4)), new MeterPoint(16, new Meter(3, 4)), new MeterPoint(22, new Meter(7, 8))]);
        var plan = Answers.Plan(Answers.FourFour, Meter.CommonTime, bars: 8);
        plan = plan with { Transport = plan.Transport with { Meters = meters } };
        var expected = Answers.Ticks(Answers.Play(_bundle, plan));
        Assert.Contains(expected, n => n.OnsetTick >= (22 - 8) * 960);
        for (var i = 0; i < 12; i++) // often: the engine's thread is now early, now late
        {
            var result = Answers.Play(_bundle, plan with { Blocks = BlockSizes.Fixed(i % 2 == 0 ? 64 : 1 + (i * 97)) });
            Answers.AssertClean(result);
            Assert.Equal(expected, Answers.Ticks(result));
        }
    }

    [BundleTheory]
    [InlineData("Off", 4)]
    [InlineData("Off", 16)]
    [InlineData("On", 4)]
    public void Meter_changes_never_keep_a_render_waiting(string arm, double changePpq)
    {
        const double HalfOfTheLongestWaitMicroseconds = 5e6; // process() gives a wait up after 10 s
        var meters = new MeterMap([new MeterPoint(0, new Meter(4, 4)), new MeterPoint(changePpq, new Meter(3, 4)), new MeterPoint(changePpq + 6, new Meter(7, 8))]);
        var plan = Answers.Plan(Answers.FourFour, Meter.CommonTime, bars: 4, bpm: 120, ("Arm", arm));
        var result = Answers.Play(_bundle, plan with { Transport = plan.Transport with { Meters = meters } });
        Answers.AssertClean(result);
        Assert.InRange(result.Performance.Times.Max, 0, HalfOfTheLongestWaitMicroseconds);
    }

    [BundleFact]
    public void Locating_and_stopping_release_what_sounds()
    {
        var plan = Answers.Plan(Answers.FourFour, Meter.CommonTime, bars: 8);
        var transport = plan.Transport with { Locates = [new Locate(10.3, 40), new Locate(13.7, 2)], Pauses = [new Pause(11.9, 7), new Pause(15.1, 3)] };
        foreach (var block in (int[])[64, 1000])
            Answers.AssertClean(Answers.Play(_bundle, plan with { Transport = transport, Blocks = BlockSizes.Fixed(block) }));
    }

    [BundleFact]
    public void A_locked_scale_is_kept_by_every_note()
    {
        var plan = Answers.Plan(Answers.FourFour, Meter.CommonTime, bars: 16, bpm: 120, ("Key", "C"), ("Scale", "Major"), ("Temperature", "2"), ("Top-p", "1"));
        var result = Answers.Play(_bundle, plan);
        Assert.NotEmpty(result.Answer);
        Assert.All(result.Answer, n => Assert.Contains(n.Pitch % 12, (int[])[0, 2, 4, 5, 7, 9, 11]));
    }

    [BundleFact]
    public void Freezing_repeats_and_disarming_ends_the_answer()
    {
        var plan = Answers.Plan(Answers.FourFour, Meter.CommonTime, bars: 8) with
        {
            Automation = [new AutomationPoint(17, "Freeze", 1)],
        };
        var frozen = Answers.Ticks(Answers.Play(_bundle, plan));
        // Bars 5 and 6 of the answer repeat 3 and 4, as 7 and 8 do: the loop is as long as the motif.
        Assert.Equal(InBars(frozen, 4, 6, shiftBars: 2), InBars(frozen, 6, 8, shiftBars: 4));
        Assert.NotEmpty(InBars(frozen, 6, 8, shiftBars: 4));
    }

    [BundleFact]
    public void Playing_the_motif_while_disarmed_gives_no_answer()
    {
        var result = Answers.Play(_bundle, Answers.Plan(Answers.FourFour, Meter.CommonTime, bars: 4, bpm: 120, ("Arm", "Off")));
        Answers.AssertClean(result);
        Assert.Empty(result.Answer);
        Assert.Equal(Answers.Motif(Answers.FourFour, Meter.CommonTime).Count, result.Performance.Pairing.Notes.Count);
    }

    private static IEnumerable<(string Name, MotifPlan Plan)> Variants(MotifPlan plan, int seed)
    {
        foreach (var block in (int[])[1, 64, 511, 4096])
            yield return ($"block {block}", plan with { Blocks = BlockSizes.Fixed(block) });
        yield return ("random blocks", plan with { Blocks = BlockSizes.Random(seed) });
        foreach (var rate in (double[])[44100, 48000, 96000])
            yield return ($"{rate} Hz", plan with { SampleRateHz = rate });
        yield return ("random blocks at 44100 Hz", plan with { Blocks = BlockSizes.Random(seed + 1), SampleRateHz = 44100 });
    }

    private static (long, int)[] InBars(AnswerNote[] notes, int first, int end, int shiftBars) =>
        [.. notes.Where(n => n.OnsetTick >= first * 3840 && n.OnsetTick < end * 3840).Select(n => (n.OnsetTick - (shiftBars * 3840), n.Pitch))];

    private static void AssertNear(AnswerNote[] expected, AnswerNote[] actual, int toleranceTicks)
    {
        Assert.Equal(expected.Select(n => (n.Pitch, n.Velocity)), actual.Select(n => (n.Pitch, n.Velocity)));
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.InRange(actual[i].OnsetTick, expected[i].OnsetTick - toleranceTicks, expected[i].OnsetTick + toleranceTicks);
            Assert.InRange(actual[i].EndTick, expected[i].EndTick - toleranceTicks, expected[i].EndTick + toleranceTicks);
        }
    }
}
