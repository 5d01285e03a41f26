using MidiMuse.Core.Rhythm;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Capture;

namespace MidiMuse.Engine.Tests.Controls;

/// <summary>Answers of a shipped network (see ControlBench); seeds 0..5 on each motif. Oracle: the motifs' own notes.</summary>
public sealed class RhythmControlTests(ControlBench bench) : IClassFixture<ControlBench>
{
    [Fact]
    public void A_kept_rhythm_is_the_motifs_and_the_pitches_are_new()
    {
        var free = bench.Play(ExampleMotif.Lines, ControlBench.Settings());
        var kept = bench.Play(ExampleMotif.Lines, ControlBench.Settings("Keep=Rhythm"));
        var (off, on) = (Measure.Mean(free, Measure.RhythmF1), Measure.Mean(kept, Measure.RhythmF1));
        var durations = Measure.Share(kept, (answer, note) => answer.Motif.ToGrid().Any(other => other.OnsetTick == note.OnsetTick % Measure.MotifTicks(answer) && other.DurationTicks == note.DurationTicks));
        FigureLog.Row("Keep", "onsets in common with the motif's rhythm, F1", off, ("Rhythm", on));
        FigureLog.Row("Keep", "share of notes of the motif (place and pitch), F1", Measure.Mean(free, Measure.CopyF1), ("Rhythm", Measure.Mean(kept, Measure.CopyF1)));
        Assert.Equal(1, on);
        Assert.Equal(1, durations);
        Assert.True(off < 0.95, $"{off}");
        Assert.True(Measure.Mean(kept, Measure.CopyF1) < 0.5);
    }

    [Fact]
    public void A_kept_contour_goes_up_and_down_as_the_motif_does_in_another_rhythm()
    {
        var free = bench.Play(ExampleMotif.Lines, ControlBench.Settings());
        var kept = bench.Play(ExampleMotif.Lines, ControlBench.Settings("Keep=Contour"));
        var (off, on) = (Measure.Mean(free, Measure.ContourAgreement), Measure.Mean(kept, Measure.ContourAgreement));
        FigureLog.Row("Keep", "share of steps up, down or none that are the motif's", off, ("Contour", on));
        FigureLog.Row("Keep", "onsets in common with the motif's rhythm, F1", Measure.Mean(free, Measure.RhythmF1), ("Contour", Measure.Mean(kept, Measure.RhythmF1)));
        Assert.True(off < 0.8 && on > 0.97, $"{off} {on}");
        Assert.True(Measure.Mean(kept, Measure.RhythmF1) < Measure.Mean(free, Measure.RhythmF1));
    }

    [Fact]
    public void Density_comes_near_its_target()
    {
        double Ratio(params string[] settings) => Measure.Mean(bench.Play(ExampleMotif.Lines, ControlBench.Settings(settings)), answer => Measure.OnsetsPerBeat(answer) / Measure.MotifOnsetsPerBeat(answer));
        double PerBeat(params string[] settings) => Measure.Mean(bench.Play([ExampleMotif.Ode, ExampleMotif.Bass, ExampleMotif.Minuet], ControlBench.Settings(settings)), Measure.OnsetsPerBeat);
        var (off, half, same, twice) = (Ratio(), Ratio("Density=0.5"), Ratio("Density=1"), Ratio("Density=2"));
        var (sparse, dense) = (PerBeat("Notes per beat=0.5"), PerBeat("Notes per beat=2"));
        FigureLog.Row("Density", "onsets against the motif's", off, ("0.5", half), ("1", same), ("2", twice));
        FigureLog.Row("Notes per beat", "onsets a beat", PerBeat(), ("0.5", sparse), ("2", dense));
        Assert.InRange(half, 0.4, 0.7);
        Assert.InRange(same, 0.85, 1.15);
        Assert.InRange(twice, 1.6, 2.2);
        Assert.InRange(sparse, 0.4, 0.75);
        Assert.InRange(dense, 1.7, 2.2);
    }

    [Theory]
    [InlineData("1/4", 24)]
    [InlineData("1/8 triplets", 8)]
    [InlineData("1/16", 6)]
    public void Every_note_begins_on_the_locked_grid(string grid, int ticks)
    {
        bool IsOn(Answer answer, Core.Notes.GridNote note) => note.OnsetTick % answer.BarTicks % ticks == 0;
        Motif[] motifs = [ExampleMotif.Ode, ExampleMotif.Jig, ExampleMotif.Chords];
        var off = Measure.Share(bench.Play(motifs, ControlBench.Settings()), IsOn);
        var on = Measure.Share(bench.Play(motifs, ControlBench.Settings($"Grid={grid}")), IsOn);
        FigureLog.Row("Grid", $"share of onsets on {grid}", off, (grid, on));
        Assert.Equal(1, on);
    }

    /// <summary>Oracle: a 32nd note lasts 3 grid ticks, a triplet's sixteenth 4. A drummer's strokes are a tick or two beside them.</summary>
    [Fact]
    public void Answers_to_a_motif_on_the_grid_are_on_the_grid_and_those_to_a_played_one_need_not_be()
    {
        static bool IsOn(Answer answer, Core.Notes.GridNote note) => note.OnsetTick % answer.BarTicks % 3 == 0 || note.OnsetTick % answer.BarTicks % 4 == 0;
        var played = ExampleMotif.Drums with { Notes = [.. ExampleMotif.Drums.Notes.Select((note, i) => note with { OnsetPpq = note.OnsetPpq + (i % 3 / 24.0) })] };
        var onGrid = Measure.Share(bench.Play(ExampleMotif.All, ControlBench.Settings("Temperature=1.1"), seeds: 8), IsOn);
        var beside = Measure.Share(bench.Play([played], ControlBench.Settings("Temperature=1.1"), seeds: 8), IsOn);
        FigureLog.Row("Grid", "share of onsets on 1/32 or 1/16 triplets, Grid=Free: a motif from hands", beside, ("motifs on the grid", onGrid));
        Assert.Equal(1, onGrid);
        Assert.InRange(beside, 0.1, 0.95);
    }

    [Fact]
    public void Syncopation_moves_onsets_off_the_beats_and_back_on_them()
    {
        double OffBeat(params string[] settings) => Measure.Share(bench.Play([ExampleMotif.Ode, ExampleMotif.Bass, ExampleMotif.Minuet], ControlBench.Settings(settings)), (answer, note) => MetricalLevel.At(answer.Meter, note.OnsetTick % answer.BarTicks) < MetricalLevel.Beat);
        var (off, more, less) = (OffBeat(), OffBeat("Syncopation=1"), OffBeat("Syncopation=-1"));
        FigureLog.Row("Syncopation", "share of onsets off the beats", off, ("-1", less), ("1", more));
        Assert.True(less < off - 0.1 && more > off + 0.15, $"{less} {off} {more}");
    }

    [Fact]
    public void Locked_kick_and_snare_are_the_motifs_and_the_rest_varies()
    {
        var free = bench.Play([ExampleMotif.Drums], ControlBench.Settings(), seeds: 12);
        var locked = bench.Play([ExampleMotif.Drums], ControlBench.Settings("Drum lock=Kick and snare"), seeds: 12);
        double Kept(Answer answer)
        {
            var motif = answer.Motif.ToGrid().Where(note => note.Pitch is 36 or 38).Select(note => (note.OnsetTick, note.Pitch)).ToHashSet();
            var hits = answer.Notes.Where(note => note.Pitch is 35 or 36 or 38 or 40).ToArray();
            var same = hits.Count(note => motif.Contains((note.OnsetTick % 96, note.Pitch)));
            return 2.0 * same / (hits.Length + (4 * motif.Count));
        }
        var (off, on) = (Measure.Mean(free, Kept), Measure.Mean(locked, Kept));
        FigureLog.Row("Drum lock", "kicks and snares of the motif's pattern, F1", off, ("Kick and snare", on));
        Assert.Equal(1, on);
        Assert.True(off < 0.97, $"{off}");
        var rests = locked.Select(answer => string.Join(' ', answer.Notes.Where(note => note.Pitch > 41))).Distinct().Count();
        Assert.True(rests > 3, $"{rests} ways of the rest in twelve answers");
    }

    [Fact]
    public void Swing_puts_the_second_eighth_on_the_last_third_of_the_beat_and_the_motifs_groove_is_its_own()
    {
        double SecondEighth(IEnumerable<Answer> answers) => answers
            .SelectMany(answer => answer.Played.Zip(answer.Notes))
            .Where(pair => pair.Second.OnsetTick % 24 == 12)
            .Average(pair => pair.First.OnsetPpq - Math.Floor(pair.First.OnsetPpq));
        Motif[] motifs = [ExampleMotif.Ode, ExampleMotif.Bass, ExampleMotif.Minuet];
        var straight = SecondEighth(bench.Play(motifs, ControlBench.Settings("Density=1.5")));
        var swung = SecondEighth(bench.Play(motifs, ControlBench.Settings("Density=1.5", "Groove=Swing 1/8")));
        var half = SecondEighth(bench.Play(motifs, ControlBench.Settings("Density=1.5", "Groove=Swing 1/8", "Groove amount=0.5")));
        var late = ExampleMotif.Bass with { Notes = [.. ExampleMotif.Bass.Notes.Select(note => note.OnsetPpq % 1 == 0.5 ? note with { OnsetPpq = note.OnsetPpq + 0.06, Velocity = 60 } : note with { Velocity = 100 })] };
        var own = bench.Play([late], ControlBench.Settings("Groove=Of the motif", "Grid=1/8", "Softest=1", "Loudest=127"));
        FigureLog.Row("Groove", "place of the second eighth in its quarter", straight, ("Swing 1/8, amount 0.5", half), ("Swing 1/8", swung), ("Of a motif that plays it at 0.56", SecondEighth(own)));
        Assert.Equal(0.5, straight, 6);
        Assert.Equal(2.0 / 3, swung, 6);
        Assert.Equal(7.0 / 12, half, 6);
        Assert.Equal(0.56, SecondEighth(own), 2);
        var (onBeat, offBeat) = (Velocity(own, 0), Velocity(own, 12));
        FigureLog.Row("Groove", "velocity of the second eighths against the first", 1, ("Of a motif that plays 60 against 100", offBeat / onBeat));
        Assert.True(offBeat < 0.85 * onBeat, $"{onBeat} {offBeat}");

        static double Velocity(List<Answer> answers, int tick) =>
            answers.SelectMany(answer => answer.Played.Zip(answer.Notes)).Where(pair => pair.Second.OnsetTick % 24 == tick).Average(pair => (double)pair.First.Velocity);
    }

    [Fact]
    public void A_groove_moves_no_note_over_a_bar_line_and_makes_no_line_overlap()
    {
        foreach (var groove in new[] { "Of the motif", "Swing 1/8", "Swing 1/16", "Laid back" })
        {
            foreach (var answer in bench.Play(ExampleMotif.Lines, ControlBench.Settings($"Groove={groove}"), seeds: 3))
            {
                for (var i = 0; i < answer.Played.Length; i++)
                {
                    var bar = answer.Notes[i].OnsetTick / answer.BarTicks;
                    Assert.InRange(answer.Played[i].OnsetPpq, (bar * answer.Meter.BarPpq) - 1e-9, ((bar + 1) * answer.Meter.BarPpq) - 0.001);
                    if (i > 0 && answer.Character.Constraints.MaxPolyphony == 1 && answer.Notes[i - 1].OnsetTick / answer.BarTicks == bar)
                        Assert.True(answer.Played[i - 1].EndPpq <= answer.Played[i].OnsetPpq + 1e-9, answer.ToString());
                }
            }
        }
    }

    [Theory]
    [InlineData(4, 4, 0, MetricalLevel.BarLine)]
    [InlineData(4, 4, 48, MetricalLevel.StrongBeat)]
    [InlineData(4, 4, 24, MetricalLevel.Beat)]
    [InlineData(4, 4, 36, MetricalLevel.HalfBeat)]
    [InlineData(4, 4, 6, MetricalLevel.QuarterBeat)]
    [InlineData(4, 4, 8, MetricalLevel.Between)]
    [InlineData(3, 4, 48, MetricalLevel.Beat)]
    [InlineData(6, 8, 36, MetricalLevel.StrongBeat)]
    [InlineData(6, 8, 12, MetricalLevel.HalfBeat)]
    [InlineData(2, 2, 48, MetricalLevel.StrongBeat)]
    [InlineData(7, 8, 12, MetricalLevel.Beat)]
    public void Places_of_the_bar_are_as_strong_as_musicians_count_them(int numerator, int denominator, int tick, int level) =>
        Assert.Equal(level, MetricalLevel.At(new Meter(numerator, denominator), tick));
}
