using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;
using MidiMuse.Testing;

namespace MidiMuse.Engine.Tests;

/// <summary>Oracle: what plugin/docs/COMMANDS.md promises, seen in the answer and in what the fake host hears.</summary>
public class AnswerCommandsTests
{
    private const string Motif = "c4q d4q e4q";

    [Fact]
    public void Candidates_that_were_made_in_spare_time_are_those_that_are_made_when_they_are_chosen()
    {
        var patient = Answered(bars: 4, offline: false);
        patient.WorkInSpareTime();
        var hurried = Answered(bars: 4, offline: true);
        var candidates = patient.Loop.View(null).Candidates;
        Assert.Equal(4, candidates.Length);
        Assert.All(candidates, candidate => Assert.True(candidate.IsComplete));
        Assert.Equal(4, candidates.Select(candidate => Pitches(candidate.Bars)).Distinct().Count());

        for (var candidate = 3; candidate >= 0; candidate--)
        {
            Assert.True(hurried.Do(new ChooseCandidate(candidate)).Ok);
            Assert.Equal(Pitches(candidates[candidate].Bars), Pitches(hurried.Loop.Planner.Bars));
        }
    }

    [Fact]
    public void A_candidate_that_is_chosen_while_the_answer_plays_is_heard_from_the_next_bar_on()
    {
        foreach (var isOffline in (bool[])[true, false])
        {
            var first = Answering(untilPpq: 11.5, isOffline);
            var second = Answering(untilPpq: 11.5, isOffline);
            Assert.True(second.Do(new ChooseCandidate(2)).Ok);
            first.PlayTo(24);
            second.PlayTo(24);

            Assert.Equal(first.Heard.Where(note => note.OnsetPpq < 12), second.Heard.Where(note => note.OnsetPpq < 12));
            Assert.NotEqual(In(first, 12, 16), In(second, 12, 16));
            Assert.Contains((ParameterId.Candidate, ParameterTable.Find(ParameterId.Candidate)!.ToNormalised(3)), second.Told);
        }
    }

    [Fact]
    public void Every_candidate_has_a_score_and_reasons_in_words()
    {
        var host = Answered(bars: 2, offline: false);
        host.WorkInSpareTime();
        Assert.All(host.Loop.View(null).Candidates, candidate =>
        {
            Assert.InRange(candidate.Score, 0, 1);
            Assert.InRange(candidate.Novelty, 0, 1);
            Assert.Equal(4, candidate.Reasons.Length);
            Assert.All(candidate.Reasons, reason => Assert.NotEmpty(reason));
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Regenerating_two_bars_leaves_the_others_and_the_locked_notes(bool isOffline)
    {
        var host = Answered(bars: 4, isOffline);
        var before = host.Loop.Planner.Bars;
        var locked = before[1].Notes[2];
        Assert.True(host.Do(new LockNotes([NoteRef.Of(locked)], IsLocked: true)).Ok);

        Assert.True(host.Do(new Regenerate(new BarRange(1, 2))).Ok);
        host.WorkInSpareTime();

        var after = host.Loop.Planner.Bars;
        Assert.Same(before[0], after[0]);
        Assert.Same(before[3], after[3]);
        Assert.NotEqual(Pitches([before[1]]), Pitches([after[1]]));
        Assert.NotEqual(Pitches([before[2]]), Pitches([after[2]]));
        Assert.Contains(after[1].Notes, note => note.OnsetPpq == locked.OnsetPpq && note.Pitch == locked.Pitch);
        Assert.Equal(NoteRef.Of(locked), Assert.Single(host.Loop.View(null).Locked));
    }

    [Fact]
    public void Regenerating_a_note_leaves_every_other_note_of_its_bar()
    {
        var host = Answered(bars: 2, offline: true);
        var before = host.Loop.Planner.Bars[1].Notes;
        Assert.True(host.Do(new RegenerateNotes([NoteRef.Of(before[1])])).Ok);

        var after = host.Loop.Planner.Bars[1].Notes;
        Assert.Equal(before.RemoveAt(1).Select(note => (note.OnsetPpq, note.Pitch)), after.Where(note => note.OnsetPpq != before[1].OnsetPpq).Select(note => (note.OnsetPpq, note.Pitch)));
        Assert.Equal(before.Length, after.Length);
    }

    [Fact]
    public void Regenerating_again_gives_another_answer_each_time_and_the_same_ones_in_another_run()
    {
        static string[] Takes()
        {
            var host = Answered(bars: 2, offline: true);
            var takes = new List<string>();
            for (var take = 0; take < 4; take++)
            {
                takes.Add(Pitches(host.Loop.Planner.Bars));
                Assert.True(host.Do(new Regenerate(null)).Ok);
            }
            return [.. takes];
        }

        var first = Takes();
        Assert.Equal(4, first.Distinct().Count());
        Assert.Equal(first, Takes());
    }

    [Fact]
    public void Undo_and_redo_walk_through_the_steps()
    {
        var host = Answered(bars: 2, offline: true);
        var steps = new List<string> { Pitches(host.Loop.Planner.Bars) };
        EngineCommand[] commands = [new Regenerate(new BarRange(0, 0)), new Regenerate(null), new ChooseCandidate(3), new Reject()];
        foreach (var command in commands)
        {
            Assert.True(host.Do(command).Ok);
            steps.Add(Pitches(host.Loop.Planner.Bars));
        }
        for (var step = commands.Length - 1; step >= 0; step--)
        {
            Assert.True(host.Do(new Undo()).Ok);
            Assert.Equal(steps[step], Pitches(host.Loop.Planner.Bars));
        }
        for (var step = 1; step <= commands.Length; step++)
        {
            Assert.True(host.Do(new Redo()).Ok);
            Assert.Equal(steps[step], Pitches(host.Loop.Planner.Bars));
        }
        Assert.False(host.Do(new Redo()).Ok);
    }

    [Fact]
    public void Undo_after_a_new_motif_brings_the_answer_before_it_back()
    {
        var host = Answered(bars: 2, offline: true);
        var first = Pitches(host.Loop.Planner.Bars);
        host.Set(ParameterId.Arm, 0);
        host.Set(ParameterId.Arm, 1);
        host.Schedule(Phrase.Parse("g4q f4q e4q", startPpq: 24));
        host.PlayTo(40);
        Assert.NotEqual(first, Pitches(host.Loop.Planner.Bars));

        Assert.True(host.Do(new Undo()).Ok);
        Assert.Equal(first, Pitches(host.Loop.Planner.Bars));
        Assert.Equal(0, host.Loop.Planner.Motif!.StartPpq, 9);
    }

    [Fact]
    public void The_history_keeps_every_answer_and_gives_it_back_with_its_settings()
    {
        var host = Answered(bars: 2, offline: true);
        var first = Pitches(host.Loop.Planner.Bars);
        host.Set(ParameterId.Temperature, 1.5);
        Assert.True(host.Do(new Regenerate(null)).Ok);
        var history = host.Loop.View(null).History;
        Assert.Equal([first, Pitches(host.Loop.Planner.Bars)], history.Select(entry => Pitches(entry.Bars)));
        Assert.All(history, entry => Assert.Equal("scripted", entry.Model));

        Assert.True(host.Do(new Recall(history[0].Id)).Ok);
        Assert.Equal(first, Pitches(host.Loop.Planner.Bars));
        Assert.Equal(0.9, host.Parameters.Plain(ParameterId.Temperature), 9);
        Assert.True(host.Do(new MarkFavourite(history[1].Id, IsFavourite: true)).Ok);
        Assert.True(host.Loop.View(null).History[1].IsFavourite);
        Assert.False(host.Do(new Recall(4711)).Ok);
    }

    [Fact]
    public void The_history_is_bounded_and_favourites_stay()
    {
        var host = Answered(bars: 1, offline: true);
        Assert.True(host.Do(new Accept()).Ok);
        var favourite = host.Loop.View(null).History.Single(entry => entry.IsFavourite).Id;
        for (var take = 0; take < History.AnswerHistory.MostEntries + 10; take++)
            host.Do(new Regenerate(null));
        var history = host.Loop.View(null).History;
        Assert.Equal(History.AnswerHistory.MostEntries, history.Length);
        Assert.Contains(history, entry => entry.Id == favourite);
    }

    [Fact]
    public void Compare_goes_back_and_forth_between_the_accepted_answer_and_the_other_one()
    {
        var host = Answered(bars: 2, offline: true);
        Assert.False(host.Do(new Compare()).Ok);
        host.Do(new Accept());
        var accepted = Pitches(host.Loop.Planner.Bars);
        host.Do(new Regenerate(null));
        var other = Pitches(host.Loop.Planner.Bars);

        host.Do(new Compare());
        Assert.Equal(accepted, Pitches(host.Loop.Planner.Bars));
        Assert.True(host.Loop.View(null).IsComparing);
        host.Do(new Compare());
        Assert.Equal(other, Pitches(host.Loop.Planner.Bars));
        Assert.False(host.Loop.View(null).IsComparing);
    }

    [Fact]
    public void An_answer_that_became_a_clip_is_not_played_as_well_until_it_is_asked_for()
    {
        var host = Answered(bars: 2, offline: true);
        host.Do(new StopAfterCommit());
        var heard = host.Heard.Count;
        host.Start(2);
        host.PlayTo(20);
        Assert.Equal(heard, host.Heard.Count);
        Assert.True(host.Loop.View(null).IsMuted);

        host.Do(new PlayAgain());
        host.Start(2);
        host.PlayTo(20);
        Assert.Equal(heard + 8, host.Heard.Count);
    }

    [Fact]
    public void A_motif_that_is_loaded_while_the_transport_rolls_is_answered_at_the_next_bar_line()
    {
        var host = new FakeHost(new ScriptedModel());
        host.Set(ParameterId.AnswerLength, 2);
        host.Start();
        host.PlayTo(9);
        Assert.True(host.Do(new LoadMotif(MotifOf("c4q d4q e4q f4q g4w"))).Ok);
        host.PlayTo(32);

        Assert.Equal(12, host.Heard[0].OnsetPpq, 9);
        Assert.Equal(8, host.Heard.Count);
        Assert.Equal(4, host.Loop.Planner.Motif!.StartPpq, 9);
    }

    [Fact]
    public void A_motif_that_is_loaded_while_nothing_plays_is_answered_at_once_and_heard_at_its_place()
    {
        var host = new FakeHost(new ScriptedModel());
        host.Set(ParameterId.AnswerLength, 3);
        host.Start(8);
        host.Stop();
        Assert.True(host.Do(new LoadMotif(MotifOf(Motif))).Ok);
        host.WorkInSpareTime();
        Assert.Equal(3, host.Loop.Planner.BarCount);

        host.Start(0);
        host.PlayTo(32);
        Assert.Equal(12, host.Heard.Count);
        Assert.Equal(8, host.Heard[0].OnsetPpq, 9);
    }

    [Fact]
    public void A_bar_that_is_regenerated_before_its_time_is_heard_as_it_is_then()
    {
        var host = Answered(bars: 4, offline: true);
        host.Start(0);
        host.PlayTo(9);
        var heard = host.Heard.Count;
        Assert.True(host.Do(new Regenerate(new BarRange(2, 3))).Ok);
        host.PlayTo(32);

        var bars = host.Loop.Planner.Bars;
        Assert.Equal(bars.Skip(2).SelectMany(bar => bar.Notes), host.Heard.Skip(heard).Where(note => note.OnsetPpq >= 12 - 1e-9));
    }

    [Fact]
    public void A_preset_sets_several_parameters_and_undo_takes_all_of_them_back()
    {
        var host = Answered(bars: 1, offline: true);
        host.Do(new ApplySettings("bright", [new("temperature", 1.4), new("seed", 7), new("arm", 0), new("noSuchThing", 1)], []));
        Assert.Equal(1.4, host.Parameters.Plain(ParameterId.Temperature), 9);
        Assert.Equal(7, host.Parameters.Index(ParameterId.Seed));
        host.Do(new Undo());
        Assert.Equal(0.9, host.Parameters.Plain(ParameterId.Temperature), 9);
        Assert.Equal(1, host.Parameters.Index(ParameterId.Seed));
    }

    internal static Capture.Motif MotifOf(string phrase)
    {
        var notes = Phrase.Parse(phrase);
        return new Capture.Motif(0, Math.Ceiling(notes.Max(note => note.EndPpq) / 4) * 4, Core.Time.Meter.CommonTime, [.. notes]);
    }

    internal static string Pitches(IEnumerable<AnswerBar> bars) =>
        string.Join(" | ", bars.Select(bar => string.Join(' ', bar.Notes.Select(note => FormattableString.Invariant($"{note.OnsetPpq:0.##}:{note.Pitch}")))));

    private static FakeHost Answering(double untilPpq, bool offline)
    {
        var host = new FakeHost(new ScriptedModel()) { Offline = offline };
        host.Set(ParameterId.Arm, 1);
        host.Set(ParameterId.Capture, 1);
        host.Schedule(Phrase.Parse(Motif));
        host.Start();
        host.PlayTo(untilPpq);
        Assert.Equal(EnginePhase.Answering, host.Loop.Phase);
        return host;
    }

    /// <summary>A host whose answer of some bars to a motif of one bar is over.</summary>
    private static FakeHost Answered(int bars, bool offline)
    {
        var host = new FakeHost(new ScriptedModel()) { Offline = offline };
        host.Set(ParameterId.Arm, 1);
        host.Set(ParameterId.Capture, 1);
        host.Set(ParameterId.AnswerLength, bars);
        host.Schedule(Phrase.Parse(Motif));
        host.Start();
        host.PlayTo(24);
        Assert.Equal(EnginePhase.Idle, host.Loop.Phase);
        Assert.Equal(bars, host.Loop.Planner.BarCount);
        return host;
    }

    private static byte[] In(FakeHost host, double fromPpq, double untilPpq) =>
        [.. host.Heard.Where(note => note.OnsetPpq >= fromPpq - 1e-9 && note.OnsetPpq < untilPpq - 1e-9).Select(note => note.Pitch)];
}
