using MidiMuse.Core.Time;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;
using MidiMuse.Testing;

namespace MidiMuse.Engine.Tests;

/// <summary>Oracle: the musical rules of the design, seen by a fake host that plays what it is sent.</summary>
public class EngineLoopTests
{
    private const int CaptureUntilSilence = 0;
    private const int CaptureOneBar = 1;
    private const int CaptureTwoBars = 2;

    [Theory]
    [InlineData(4, 4)]
    [InlineData(3, 4)]
    [InlineData(6, 8)]
    [InlineData(7, 8)]
    public void The_answer_begins_exactly_on_the_bar_line_after_the_motif(int numerator, int denominator)
    {
        var meter = new Meter(numerator, denominator);
        var host = Armed(new ScriptedModel());
        host.Meter = meter;
        host.Schedule(Phrase.Parse("c4e d4e e4e"));

        host.Start();
        host.PlayTo(4 * meter.BarPpq);

        Assert.Equal(2 * meter.BarPpq, host.Heard[0].OnsetPpq, 9);
        Assert.All(host.Heard, note => Assert.True(note.OnsetPpq >= (2 * meter.BarPpq) - 1e-9));
    }

    [Fact]
    public void The_answer_is_the_same_for_every_way_of_cutting_time_into_blocks()
    {
        var seed = 20261122;
        var random = new Random(seed);
        var reference = Render(() => 0.01);

        Assert.Equal(24, reference.Count);
        Assert.Equal(reference, Render(() => 4096 / 24000.0));
        Assert.Equal(reference, Render(() => 1.7));
        for (var run = 0; run < 20; run++)
            Assert.True(reference.SequenceEqual(Render(() => 0.001 + (random.NextDouble() * 0.3))), $"seed {seed}, run {run}");

        static IReadOnlyList<TimelineNote> Render(Func<double> block)
        {
            var host = Armed(new ScriptedModel());
            host.Schedule(Phrase.Parse("c4q e4e g4e c5q b4s a4s g4e f4q e4q d4h"));
            host.ScheduleParameter(9.3, ParameterId.Seed, 77);
            host.Start();
            host.PlayTo(32, block);
            return host.Heard;
        }
    }

    [Fact]
    public void A_note_just_before_a_bar_line_begins_the_motif_on_that_line()
    {
        var host = Armed(new ScriptedModel());
        host.Schedule(Phrase.Parse("c4q d4q", startPpq: 3.9));

        host.Start();
        host.PlayTo(16);

        Assert.Equal(4, host.Loop.Planner.Motif!.StartPpq, 9);
        Assert.Equal(2, host.Loop.Planner.Motif.Notes.Length);
        Assert.Equal(12, host.Heard[0].OnsetPpq, 9);
    }

    [Fact]
    public void A_capture_until_silence_ends_with_the_first_silent_bar()
    {
        var host = Armed(new ScriptedModel(), CaptureUntilSilence);
        host.Schedule(Phrase.Parse("c4q d4q e4q f4q g4q a4q b4q c5q c5w"));

        host.Start();
        host.PlayTo(24);

        Assert.Equal(16, host.Heard[0].OnsetPpq, 9);
    }

    [Fact]
    public void An_answer_of_three_bars_has_three_bars_and_then_rests()
    {
        var host = Armed(new ScriptedModel(), CaptureOneBar);
        host.Set(ParameterId.AnswerLength, 3);
        host.Schedule(Phrase.Parse("c4q d4q e4q f4q"));

        host.Start();
        host.PlayTo(32);

        Assert.Equal(12, host.Heard.Count);
        Assert.All(host.Heard, note => Assert.InRange(note.OnsetPpq, 4, 16 - 1e-9));
        Assert.Equal(EnginePhase.Idle, host.Loop.Phase);
    }

    [Fact]
    public void Only_the_last_bar_of_an_answer_may_not_ring_over_its_end()
    {
        var model = new ScriptedModel();
        var host = Armed(model);
        host.Set(ParameterId.AnswerLength, 3);
        host.Schedule(Phrase.Parse("c4e d4e e4e"));

        host.Start();
        host.PlayTo(11);
        Assert.Equal(1, model.LastOrder.BarIndex);
        Assert.NotEqual(0, model.LastOrder.Constraints.MaxRingOverTicks);

        host.PlayTo(32);
        Assert.Equal(2, model.LastOrder.BarIndex);
        Assert.Equal(0, model.LastOrder.Constraints.MaxRingOverTicks);
    }

    [Fact]
    public void Call_and_response_answers_as_long_as_the_call_and_listens_again()
    {
        var host = Armed(new ScriptedModel(), CaptureOneBar);
        host.Set(ParameterId.Mode, (int)AnswerMode.CallAndResponse);
        host.Schedule(Phrase.Parse("c4q d4q e4q f4q"));
        host.Schedule(Phrase.Parse("g4q f4q e4q d4q", startPpq: 8));

        host.Start();
        host.PlayTo(24);

        Assert.Equal(8, host.Heard.Count);
        Assert.All(host.Heard.Take(4), note => Assert.InRange(note.OnsetPpq, 4, 8 - 1e-9));
        Assert.All(host.Heard.Skip(4), note => Assert.InRange(note.OnsetPpq, 12, 16 - 1e-9));
        Assert.Equal(EnginePhase.Waiting, host.Loop.Phase);
    }

    [Fact]
    public void Freeze_repeats_the_last_bars_until_it_is_let_go()
    {
        var host = Armed(new ScriptedModel(), CaptureOneBar);
        host.Schedule(Phrase.Parse("c4q d4q e4q f4q"));
        host.ScheduleParameter(9, ParameterId.Freeze, 1);
        host.ScheduleParameter(25, ParameterId.Freeze, 0);

        host.Start();
        host.PlayTo(40);

        // Bars 1 to 3 of the answer begin at 4, 8 and 12; the bar at 16 is the first that is decided under Freeze.
        Assert.NotEqual(PitchesIn(host, 8), PitchesIn(host, 12));
        Assert.Equal(PitchesIn(host, 12), PitchesIn(host, 16));
        Assert.Equal(PitchesIn(host, 12), PitchesIn(host, 28));
        Assert.NotEqual(PitchesIn(host, 12), PitchesIn(host, 32));
    }

    [Fact]
    public void Disarming_ends_the_answer_after_the_bars_that_are_planned()
    {
        var host = Armed(new ScriptedModel(), CaptureOneBar);
        host.Schedule(Phrase.Parse("c4q d4q e4q f4q"));
        host.ScheduleParameter(9, ParameterId.Arm, 0);

        host.Start();
        host.PlayTo(40);

        Assert.Equal(16 - 1, host.Heard[^1].OnsetPpq, 9);
        Assert.Equal(EnginePhase.Idle, host.Loop.Phase);
    }

    [Fact]
    public void An_empty_capture_waits_for_the_next_note()
    {
        var host = Armed(new ScriptedModel(), CaptureOneBar);
        host.Start();
        host.PlayTo(16);
        Assert.Equal(EnginePhase.Waiting, host.Loop.Phase);
        Assert.Empty(host.Heard);
    }

    [Fact]
    public void Without_a_model_nothing_is_captured_or_answered()
    {
        var host = Armed(null, CaptureOneBar);
        host.Schedule(Phrase.Parse("c4q d4q e4q f4q"));
        host.Start();
        host.PlayTo(16);
        Assert.Empty(host.Heard);
        Assert.Equal(EnginePhase.Idle, host.Loop.Phase);
    }

    [Fact]
    public void In_real_time_a_bar_without_the_model_is_in_place_before_the_model_begins()
    {
        var host = Armed(new ScriptedModel(), CaptureOneBar);
        host.Offline = false;
        host.Schedule(Phrase.Parse("c4q d4q e4q f4q"));

        host.Start();
        host.PlayTo(32);

        // The first bar is made at the bar line; later ones may have been made ahead in spare time.
        foreach (var group in host.Bars.GroupBy(bar => bar.StartPpq))
            Assert.True((group.First().IsFallback || group.Key > 4) && !group.Last().IsFallback, $"bar at {group.Key}");
        Assert.Equal(0, host.FallbackBarsHeard);
        Assert.Equal(0, host.BlocksBeyondHorizon);
    }

    [Fact]
    public void In_real_time_the_end_of_an_answer_is_no_shortfall()
    {
        var host = Armed(new ScriptedModel(), CaptureOneBar);
        host.Offline = false;
        host.EngineRunsEveryBlocks = 3;
        host.Set(ParameterId.AnswerLength, 2);
        host.Schedule(Phrase.Parse("c4q d4q e4q f4q"));
        host.Start();
        host.PlayTo(20);
        Assert.Equal(0, host.BlocksBeyondHorizon);
    }

    [Fact]
    public void In_real_time_a_model_that_is_too_slow_is_replaced_by_the_varied_motif_in_time()
    {
        var host = Armed(new ScriptedModel { IsSlow = () => true }, CaptureOneBar);
        host.Offline = false;
        host.Schedule(Phrase.Parse("c4q d4q e4q f4q"));

        host.Start();
        host.PlayTo(32);

        Assert.Equal(28, host.Heard.Count);
        Assert.Equal(7, host.FallbackBarsHeard);
        Assert.Equal(0, host.BlocksBeyondHorizon);
        Assert.All(host.Loop.Planner.Bars, bar => Assert.Equal(BarOrigin.Fallback, bar.Origin));
    }

    [Fact]
    public void In_real_time_and_offline_the_answer_is_the_same_when_the_motif_ends_before_its_last_beat()
    {
        Assert.Equal(Render(offline: true), Render(offline: false));

        static IReadOnlyList<TimelineNote> Render(bool offline)
        {
            var host = Armed(new ScriptedModel(), CaptureOneBar);
            host.Offline = offline;
            host.Schedule(Phrase.Parse("c4q d4q e4q"));
            host.Start();
            host.PlayTo(24);
            return host.Heard;
        }
    }

    [Fact]
    public void What_the_scheduler_refused_is_not_remembered_as_heard()
    {
        var model = new ScriptedModel();
        var host = Armed(model, CaptureOneBar);
        host.Offline = false;
        // The engine sleeps through whole bars, so the model's bars come after their bar lines.
        host.EngineRunsEveryBlocks = 150;
        host.Schedule(Phrase.Parse("c4q d4q e4q f4q"));

        host.Start();
        host.PlayTo(32);

        foreach (var bar in host.Loop.Planner.Bars.SkipLast(2).Where(bar => bar.Origin == BarOrigin.Model))
            Assert.DoesNotContain(host.Bars, received => received.WasRefused && received.StartPpq == bar.StartPpq && !received.IsFallback);
    }

    [Fact]
    public void A_finished_answer_is_played_again_at_its_place_after_a_locate()
    {
        var host = Armed(new ScriptedModel(), CaptureOneBar);
        host.Set(ParameterId.AnswerLength, 2);
        host.Schedule(Phrase.Parse("c4q d4q e4q f4q"));
        host.Start();
        host.PlayTo(16);
        var first = host.Heard.ToArray();
        host.Set(ParameterId.Arm, 0);

        host.Start(projectPpq: 2);
        host.PlayTo(16);

        Assert.Equal(first, host.Heard.Skip(first.Length));
    }

    [Fact]
    public void A_finished_answer_comes_back_in_every_pass_of_a_loop()
    {
        var host = Armed(new ScriptedModel(), CaptureOneBar);
        host.Set(ParameterId.AnswerLength, 2);
        host.Cycle = (0, 16);
        host.Schedule(Phrase.Parse("c4q d4q e4q f4q"));

        host.Start();
        host.PlayTo(48, 0.37);

        Assert.Equal(24, host.Heard.Count);
        for (var pass = 1; pass < 3; pass++)
        {
            for (var i = 0; i < 8; i++)
            {
                Assert.Equal(host.Heard[i].OnsetPpq + (16 * pass), host.Heard[(8 * pass) + i].OnsetPpq, 9);
                Assert.Equal(host.Heard[i].Pitch, host.Heard[(8 * pass) + i].Pitch);
            }
        }
    }

    [Fact]
    public void An_endless_answer_goes_on_through_the_loop()
    {
        var host = Armed(new ScriptedModel(), CaptureOneBar);
        host.Cycle = (0, 8);
        host.Schedule(Phrase.Parse("c4q d4q e4q f4q"));

        host.Start();
        host.PlayTo(32);

        Assert.Equal(28, host.Heard.Count);
    }

    [Fact]
    public void A_new_motif_silences_the_kept_answer_from_the_next_bar_line_on()
    {
        var host = Armed(new ScriptedModel(), CaptureOneBar);
        host.Set(ParameterId.AnswerLength, 4);
        host.Schedule(Phrase.Parse("c4q d4q e4q f4q"));
        host.Start();
        host.PlayTo(24);
        var before = host.Heard.Count;

        host.Schedule(Phrase.Parse("g4q a4q", startPpq: 5));
        host.Start();
        host.PlayTo(8);

        Assert.Equal(4, host.Heard.Count - before);
        host.PlayTo(12);
        Assert.NotEqual(host.Heard.Skip(4).Take(4).Select(note => note.Pitch), host.Heard.Skip(before + 4).Select(note => note.Pitch));
    }

    [Fact]
    public void After_a_change_of_meter_the_answer_goes_on_in_bars_of_the_new_one()
    {
        var host = Armed(new ScriptedModel(), CaptureOneBar);
        host.Schedule(Phrase.Parse("c4q d4q e4q f4q"));
        host.Start();
        host.PlayTo(8);
        host.ChangeMeter(new Meter(3, 4));
        host.PlayTo(26);

        var bars = host.Loop.Planner.Bars;
        Assert.All(bars.Where(bar => bar.StartPpq >= 8 - 1e-9), bar => Assert.Equal(3, bar.LengthPpq, 9));
        Assert.Contains(bars, bar => Math.Abs(bar.StartPpq - 11) < 1e-9 && bar.Origin == BarOrigin.Model);
        Assert.Equal(host.Heard.Count, host.Heard.Select(note => (note.OnsetPpq, note.Pitch)).Distinct().Count());
    }

    [Fact]
    public void Clear_forgets_motif_and_answer_and_stops_at_once()
    {
        var host = Armed(new ScriptedModel(), CaptureOneBar);
        host.Offline = false;
        host.Schedule(Phrase.Parse("c4q d4q e4q f4q"));
        host.ScheduleParameter(6.5, ParameterId.Clear, 1);
        host.Start();
        host.PlayTo(24);

        Assert.Null(host.Loop.Planner.Motif);
        Assert.Empty(host.Loop.Planner.Bars);
        Assert.All(host.Heard, note => Assert.True(note.OnsetPpq < 6.6));
    }

    [Fact]
    public void Offline_Clear_takes_effect_at_the_next_bar_line()
    {
        var host = Armed(new ScriptedModel(), CaptureOneBar);
        host.Schedule(Phrase.Parse("c4q d4q e4q f4q"));
        host.ScheduleParameter(6.5, ParameterId.Clear, 1);
        host.Start();
        host.PlayTo(24);

        Assert.Empty(host.Loop.Planner.Bars);
        Assert.Equal([4, 5, 6, 7], host.Heard.Select(note => note.OnsetPpq));
    }

    [Fact]
    public void A_fixed_scale_holds_for_the_model_and_for_the_fallback()
    {
        var host = Armed(new ScriptedModel { IsSlow = () => true }, CaptureOneBar);
        host.Offline = false;
        host.Set(ParameterId.Key, 1);
        host.Set(ParameterId.Scale, 2 + 9);
        host.Schedule(Phrase.Parse("c#4q d#4q f4q b4q"));

        host.Start();
        host.PlayTo(40);

        int[] majorPentatonicOnC = [0, 2, 4, 7, 9];
        Assert.NotEmpty(host.Heard);
        Assert.All(host.Heard, note => Assert.Contains(note.Pitch % 12, majorPentatonicOnC));
    }

    [Theory]
    [InlineData(10.9, 12)] // a quarter before its bar line a planned bar is looked at once more
    [InlineData(11.1, 16)]
    [InlineData(8.1, 12)]
    public void Changing_a_parameter_changes_the_next_bar_up_to_a_beat_before_it_and_else_the_one_after(double changePpq, double firstChangedBarPpq)
    {
        foreach (var isOffline in (bool[])[true, false])
        {
            var untouched = Render(_ => { }, isOffline);
            var changed = Render(host => host.ScheduleParameter(changePpq, ParameterId.Seed, 4711), isOffline);

            Assert.Equal(untouched.Where(note => note.OnsetPpq < firstChangedBarPpq), changed.Where(note => note.OnsetPpq < firstChangedBarPpq));
            Assert.NotEqual(Bar(untouched), Bar(changed));
        }

        IEnumerable<TimelineNote> Bar(IReadOnlyList<TimelineNote> notes) =>
            notes.Where(note => note.OnsetPpq >= firstChangedBarPpq && note.OnsetPpq < firstChangedBarPpq + 4);

        static IReadOnlyList<TimelineNote> Render(Action<FakeHost> change, bool isOffline)
        {
            var host = Armed(new ScriptedModel(), CaptureOneBar);
            host.Offline = isOffline;
            host.Schedule(Phrase.Parse("c4q d4q e4q"));
            change(host);
            host.Start();
            host.PlayTo(24);
            return host.Heard;
        }
    }

    [Fact]
    public void Arming_again_during_an_answer_lets_the_next_motif_silence_it()
    {
        var host = Armed(new ScriptedModel(), CaptureOneBar);
        host.Schedule(Phrase.Parse("c4q d4q e4q f4q"));
        host.ScheduleParameter(9, ParameterId.Arm, 0);
        host.ScheduleParameter(9.1, ParameterId.Arm, 1);
        host.Schedule(Phrase.Parse("g4q a4q b4q c5q", startPpq: 12));

        host.Start();
        host.PlayTo(20);

        Assert.DoesNotContain(host.Heard, note => note.OnsetPpq is >= 12 and < 16 - 1e-9);
        Assert.Equal(4, host.Heard.Count(note => note.OnsetPpq is >= 16 and < 20));
    }

    [Fact]
    public void Bypass_ends_the_answer_and_afterwards_it_is_kept()
    {
        var host = Armed(new ScriptedModel(), CaptureOneBar);
        host.Offline = false;
        host.Schedule(Phrase.Parse("c4q d4q e4q f4q"));
        host.ScheduleParameter(6.5, ParameterId.Bypass, 1);
        host.ScheduleParameter(9.5, ParameterId.Bypass, 0);

        host.Start();
        host.PlayTo(20);

        Assert.DoesNotContain(host.Heard, note => note.OnsetPpq is > 6.6 and < 9.4);
        Assert.Equal(EnginePhase.Waiting, host.Loop.Phase);
        Assert.Contains(host.Heard, note => note.OnsetPpq is > 9.6 and < 12);
    }

    [Theory]
    [InlineData(1.0, EnginePhase.Waiting)]
    [InlineData(5.0, EnginePhase.Capturing)]
    [InlineData(9.0, EnginePhase.Answering)]
    public void Between_decisions_the_engine_allocates_nothing(double positionPpq, EnginePhase phase)
    {
        var host = Armed(new ScriptedModel(), CaptureOneBar);
        host.Offline = false;
        host.Schedule(Phrase.Parse("c4q d4q e4q f4q", startPpq: 4));
        host.Start();
        host.PlayTo(positionPpq);
        Assert.Equal(phase, host.Loop.Phase);
        host.AdvanceEngineOnly(10_000); // what the runtime itself allocates while it settles

        var before = GC.GetAllocatedBytesForCurrentThread();
        host.AdvanceEngineOnly(10_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static FakeHost Armed(IContinuationModel? model, int capture = CaptureTwoBars)
    {
        var host = new FakeHost(model);
        host.Set(ParameterId.Arm, 1);
        host.Set(ParameterId.Capture, capture);
        return host;
    }

    private static byte[] PitchesIn(FakeHost host, double barPpq) =>
        [.. host.Heard.Where(note => note.OnsetPpq >= barPpq - 1e-9 && note.OnsetPpq < barPpq + 4 - 1e-9).Select(note => note.Pitch)];
}
