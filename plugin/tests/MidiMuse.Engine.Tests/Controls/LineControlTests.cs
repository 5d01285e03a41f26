using MidiMuse.Core.Metrics;
using MidiMuse.Core.Rhythm;
using MidiMuse.Engine.Capture;

namespace MidiMuse.Engine.Tests.Controls;

/// <summary>Answers of a shipped network (see ControlBench); seeds 0..5 on each motif. Oracle: the notes themselves.</summary>
public sealed class LineControlTests(ControlBench bench) : IClassFixture<ControlBench>
{
    [Fact]
    public void Low_and_high_note_bound_every_note()
    {
        bool IsIn(Answer answer, Core.Notes.GridNote note) => note.Pitch is >= 64 and <= 72;
        var off = Measure.Share(bench.Play([ExampleMotif.Ode], ControlBench.Settings(), seeds: 12), IsIn);
        var on = Measure.Share(bench.Play([ExampleMotif.Ode], ControlBench.Settings("Low note=E4", "High note=C5"), seeds: 12), IsIn);
        FigureLog.Row("Low note, High note", "share of notes from E4 to C5", off, ("E4, C5", on));
        Assert.Equal(1, on);
        Assert.True(off < 0.9, $"{off}");
    }

    [Fact]
    public void Octaves_move_the_register()
    {
        double Pitch(params string[] settings) => Measure.Mean(bench.Play([ExampleMotif.Ode, ExampleMotif.Minuet], ControlBench.Settings(settings)), Measure.MeanPitch);
        var (off, down, up) = (Pitch(), Pitch("Octave=-1"), Pitch("Octave=1"));
        FigureLog.Row("Octave", "mean pitch", off, ("-1", down), ("1", up));
        Assert.InRange(down - off, -16, -5);
        Assert.InRange(up - off, 5, 16);
    }

    [Fact]
    public void Leaps_and_steps_are_balanced_as_asked()
    {
        double Steps(params string[] settings) => Measure.Mean(bench.Play(ExampleMotif.Lines, ControlBench.Settings(settings)), Measure.Steps);
        var (off, steps, leaps) = (Steps(), Steps("Leaps=-1"), Steps("Leaps=1"));
        FigureLog.Row("Leaps", "share of steps (a whole tone at most) from onset to onset", off, ("-1", steps), ("1", leaps));
        Assert.True(steps > 0.85 && leaps < 0.25 && steps > off + 0.1, $"{steps} {off} {leaps}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    public void No_more_voices_sound_than_may(int voices)
    {
        int Most(Answer answer) => answer.Notes.Max(note => answer.Notes.Count(other => other.OnsetTick <= note.OnsetTick && other.EndTick > note.OnsetTick));
        var off = bench.Play([ExampleMotif.Chords], ControlBench.Settings()).Max(Most);
        var on = bench.Play([ExampleMotif.Chords], ControlBench.Settings($"Voices={voices}")).Max(Most);
        FigureLog.Row("Voices", "most notes at once, chords", off, ($"{voices}", on));
        Assert.True(on <= voices);
    }

    [Fact]
    public void Velocities_keep_to_their_range_and_follow_the_motif()
    {
        var crescendo = ExampleMotif.Ode with { Notes = [.. ExampleMotif.Ode.Notes.Select((note, i) => note with { Velocity = (byte)(40 + (i * 5)) })] };
        var free = bench.Play([crescendo], ControlBench.Settings(), seeds: 12);
        var ranged = bench.Play([crescendo], ControlBench.Settings("Softest=80", "Loudest=95"), seeds: 12);
        var following = bench.Play([crescendo], ControlBench.Settings("Follow dynamics=1"), seeds: 12);
        var on = Measure.Share(ranged, (_, note) => note.Velocity is >= 80 and <= 95);
        FigureLog.Row("Softest, Loudest", "share of velocities from 80 to 95", Measure.Share(free, (_, note) => note.Velocity is >= 80 and <= 95), ("80, 95", on));
        var (off, follow) = (Correlation(free), Correlation(following));
        FigureLog.Row("Follow dynamics", "correlation of velocities with a motif's crescendo", off, ("1", follow));
        Assert.Equal(1, on);
        Assert.True(follow > 0.9 && off < 0.5, $"{off} {follow}");

        static double Correlation(List<Answer> answers)
        {
            var pairs = answers.SelectMany(answer => answer.Notes.Select(note => (X: (double)(note.OnsetTick % Measure.MotifTicks(answer)), Y: (double)note.Velocity))).ToArray();
            var (mx, my) = (pairs.Average(p => p.X), pairs.Average(p => p.Y));
            return pairs.Sum(p => (p.X - mx) * (p.Y - my)) / Math.Sqrt(pairs.Sum(p => (p.X - mx) * (p.X - mx)) * pairs.Sum(p => (p.Y - my) * (p.Y - my)));
        }
    }

    [Fact]
    public void Articulation_shortens_and_lengthens_notes()
    {
        double Sounding(params string[] settings) => Measure.Mean(bench.Play(ExampleMotif.Lines, ControlBench.Settings(settings)), Measure.Sounding);
        var (off, staccato, legato) = (Sounding(), Sounding("Articulation=-1"), Sounding("Articulation=1"));
        FigureLog.Row("Articulation", "share of the time to the next note that a note sounds", off, ("-1", staccato), ("1", legato));
        Assert.True(staccato < 0.45 && legato > 0.999, $"{staccato} {off} {legato}");
    }

    [Fact]
    public void Closeness_repeats_the_motif_and_novelty_avoids_it()
    {
        double Copy(params string[] settings) => Measure.Mean(bench.Play(ExampleMotif.All, ControlBench.Settings(settings), seeds: 4), Measure.CopyF1);
        var (off, far, half, close) = (Copy("Motif closeness=0"), Copy("Motif closeness=-1"), Copy("Motif closeness=0.5"), Copy("Motif closeness=1"));
        FigureLog.Row("Motif closeness", "notes in common with the motif (place and pitch), F1", off, ("-1", far), ("0.5", half), ("1", close));
        Assert.True(far < off && off < half && half < close && close > off + 0.35, $"{far} {off} {half} {close}");
    }

    /// <summary>Chords are drawn upwards: which of their notes comes first decides whether the others can follow.</summary>
    [Fact]
    public void Closeness_repeats_chords_with_all_their_notes()
    {
        double Copy(params string[] settings) => Measure.Mean(bench.Play([ExampleMotif.Chords, ExampleMotif.Drums], ControlBench.Settings(settings), seeds: 12), Measure.CopyF1);
        var (off, half, close) = (Copy("Motif closeness=0"), Copy("Motif closeness=0.5"), Copy("Motif closeness=1"));
        FigureLog.Row("Motif closeness", "the same, motifs of chords and of drums", off, ("0.5", half), ("1", close));
        Assert.True(off < half && half < close && close > off + 0.35, $"{off} {half} {close}");
    }

    [Fact]
    public void Development_keeps_long_answers_from_going_round_in_circles()
    {
        Motif[] motifs = [.. ExampleMotif.All.Where(motif => motif.Bars > 1)];
        double Repeats(params string[] settings) => Measure.Mean(bench.Play(motifs, ControlBench.Settings(settings), bars: 16, seeds: 6), Measure.LikenessOfNeighbours);
        var (off, half, full) = (Repeats(), Repeats("Development=0.5"), Repeats("Development=1"));
        FigureLog.Row("Development", "notes in common of bars that follow each other, answers of 16 bars, F1", off, ("0.5 (default)", half), ("1", full));
        Assert.True(off > half && half > full && full < 0.9 * off, $"{off} {half} {full}");
    }

    /// <summary>Agreement is counted by MIREX's measure, not by the one that chooses the takes.</summary>
    [Fact]
    public void Consensus_makes_answers_with_different_seeds_more_alike()
    {
        double Alike(params string[] settings)
        {
            var byMotif = bench.Play(ExampleMotif.All, ControlBench.Settings(settings), seeds: 4).GroupBy(answer => answer.Motif);
            return byMotif.SelectMany(answers => answers.Zip(answers.Skip(1))).Average(pair => CardinalityScore.Of(pair.First.Notes, pair.Second.Notes)?.F1 ?? 0);
        }
        var (off, few, most) = (Alike(), Alike("Consensus=4"), Alike("Consensus=16"));
        FigureLog.Row("Consensus", "notes in common of answers with different seeds, F1", off, ("4 takes", few), ("16 takes", most));
        Assert.True(off + 0.1 < most && few < most, $"{off} {few} {most}");
    }

    /// <summary>Four voices are a limit, and told to the network: that it uses them is the network's doing alone.</summary>
    [Fact]
    public void Guidance_leads_further_towards_what_is_told()
    {
        double AtOnce(params string[] settings) => Measure.Mean(bench.Play(ExampleMotif.All, ControlBench.Settings(settings), seeds: 24), answer => answer.Notes.Length / (double)answer.Onsets.Length);
        var (off, told, some, most) = (AtOnce(), AtOnce("Voices=4", "Guidance=1"), AtOnce("Voices=4", "Guidance=1.5"), AtOnce("Voices=4", "Guidance=3"));
        FigureLog.Row("Guidance", "notes an onset with Voices=4", off, ("1", told), ("1.5 (default)", some), ("3", most));
        Assert.True(told < some && some < most, $"{off} {told} {some} {most}");
    }

    [Fact]
    public void A_cadence_ends_on_the_tonic_on_a_strong_beat_and_lasts()
    {
        var tonics = new Dictionary<Motif, int> { [ExampleMotif.Ode] = 2, [ExampleMotif.Minuet] = 7, [ExampleMotif.Bass] = 9 };
        double Closes(params string[] settings) => Measure.Mean(bench.Play(tonics.Keys, ControlBench.Settings(settings), seeds: 12), answer =>
        {
            var last = answer.Notes[^1];
            var strong = MetricalLevel.IsStrong(answer.Meter, last.OnsetTick % answer.BarTicks);
            var isHeld = last.EndTick == (long)answer.Bars * answer.BarTicks && last.DurationTicks >= 48;
            return strong && isHeld && last.Pitch % 12 == tonics[answer.Motif] ? 1 : 0;
        });
        var (open, cadence) = (Closes(), Closes("Ending=Cadence"));
        FigureLog.Row("Ending", "share of answers that end on the tonic, on a strong beat, held to the end", open, ("Cadence", cadence));
        Assert.Equal(1, cadence);
        Assert.True(open < 0.4, $"{open}");
    }

    [Fact]
    public void A_cadence_over_chords_ends_on_the_root_of_the_last_one()
    {
        var settings = ControlBench.Settings("Ending=Cadence") with { Chords = ControlBench.Lane("D | G | A7 | Bm") };
        Assert.All(bench.Play([ExampleMotif.Ode], settings, seeds: 8), answer => Assert.Equal(11, answer.Notes[^1].Pitch % 12));
    }

    [Fact]
    public void Another_role_brings_its_register_and_its_voices()
    {
        var melody = bench.Play([ExampleMotif.Ode], ControlBench.Settings());
        var bass = bench.Play([ExampleMotif.Ode], ControlBench.Settings("Role=Bass"));
        var chords = bench.Play([ExampleMotif.Ode], ControlBench.Settings("Role=Chords"));
        FigureLog.Row("Role", "mean pitch", Measure.Mean(melody, Measure.MeanPitch), ("Bass", Measure.Mean(bass, Measure.MeanPitch)));
        FigureLog.Row("Role", "notes an onset", Measure.Mean(melody, answer => answer.Notes.Length / (double)answer.Onsets.Length), ("Chords", Measure.Mean(chords, answer => answer.Notes.Length / (double)answer.Onsets.Length)));
        Assert.All(bass, answer => Assert.All(answer.Notes, note => Assert.InRange(note.Pitch, 28, 52)));
        Assert.True(Measure.Mean(chords, answer => answer.Notes.Length / (double)answer.Onsets.Length) > 1.5);
    }

    [Fact]
    public void Valence_darkens_the_mode_and_energy_adds_notes_and_strength()
    {
        double Brightness(string valence) => Dark(bench.Play([ExampleMotif.Ode, ExampleMotif.Minuet], ControlBench.Settings($"Valence={valence}")));
        double Onsets(string energy) => Measure.Mean(bench.Play([ExampleMotif.Ode, ExampleMotif.Bass], ControlBench.Settings($"Energy={energy}")), Measure.OnsetsPerBeat);
        double Velocity(string energy) => Measure.Mean(bench.Play([ExampleMotif.Ode, ExampleMotif.Bass], ControlBench.Settings($"Energy={energy}")), answer => answer.Notes.Average(note => note.Velocity));
        var (neutral, dark) = (Brightness("0"), Brightness("-1"));
        FigureLog.Row("Valence", "share of minor thirds, sixths and sevenths among thirds, sixths and sevenths, motifs in major", neutral, ("-1", dark), ("-0.5", Brightness("-0.5")), ("1", Brightness("1")));
        FigureLog.Row("Energy", "onsets a beat", Onsets("0"), ("-1", Onsets("-1")), ("1", Onsets("1")));
        FigureLog.Row("Energy", "mean velocity", Velocity("0"), ("-1", Velocity("-1")), ("1", Velocity("1")));
        Assert.True(neutral < 0.1 && dark > 0.95, $"{neutral} {dark}");
        Assert.True(Onsets("-1") < 0.75 * Onsets("1"));
        Assert.InRange(Velocity("1") - Velocity("-1"), 30, 60);
    }

    private static double Dark(List<Answer> answers)
    {
        int Count(params int[] degrees) => answers.Sum(answer => answer.Notes.Count(note => degrees.Contains((note.Pitch - answer.Character.Key!.Value.TonicPitchClass + 12) % 12)));
        var (minor, major) = (Count(3, 8, 10), Count(4, 9, 11));
        return minor / (double)(minor + major);
    }
}
