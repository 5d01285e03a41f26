using MidiMuse.Core.Harmony;
using MidiMuse.Engine.Planning;

namespace MidiMuse.Engine.Tests.Controls;

/// <summary>Answers of a shipped network (see ControlBench); seeds 0..5 on each motif. Oracle: chord and scale by their definitions.</summary>
public sealed class HarmonyControlTests(ControlBench bench) : IClassFixture<ControlBench>
{
    private const string Progression = "D | Bm7 | Em7 A7 | D";

    [Fact]
    public void A_scale_and_a_custom_scale_are_kept_by_every_note()
    {
        var dorian = Scale.Dorian.PitchClassesOn(2);
        var pentatonic = new Scale("", 0b0100_1010_1001).PitchClassesOn(2);
        var free = bench.Play([ExampleMotif.Ode, ExampleMotif.Chords], ControlBench.Settings("Scale=Off"));
        var locked = bench.Play([ExampleMotif.Ode, ExampleMotif.Chords], ControlBench.Settings("Key=D", "Scale=Dorian"));
        var custom = bench.Play([ExampleMotif.Ode, ExampleMotif.Chords], ControlBench.Settings("Key=D", "Custom scale=1 b3 4 5 b7"));
        var off = Measure.Share(free, (_, note) => (dorian & (1 << (note.Pitch % 12))) != 0);
        var on = Measure.Share(locked, (_, note) => (dorian & (1 << (note.Pitch % 12))) != 0);
        var customOn = Measure.Share(custom, (_, note) => (pentatonic & (1 << (note.Pitch % 12))) != 0);
        FigureLog.Row("Scale", "share of notes in D Dorian", off, ("Key=D, Scale=Dorian", on));
        FigureLog.Row("Custom scale", "share of notes in D 1 b3 4 5 b7", Measure.Share(free, (_, note) => (pentatonic & (1 << (note.Pitch % 12))) != 0), ("1 b3 4 5 b7", customOn));
        Assert.True(off < 0.99, $"{off}");
        Assert.Equal((1.0, 1.0), (on, customOn));
    }

    [Fact]
    public void Strong_beats_have_chord_tones_the_more_the_stronger_and_all_of_them_at_1()
    {
        var lane = ControlBench.Lane(Progression);
        double At(string strength) => ShareOfTones(lane, ControlBench.Settings($"Chord tones={strength}") with { Chords = lane });
        var off = ShareOfTones(lane, ControlBench.Settings("Chords=Off"));
        var (half, usual, full) = (At("0.4"), At("0.8"), At("1"));
        FigureLog.Row("Chord tones", $"share of notes on strong beats that are tones of {Progression.Replace("|", "\\|", StringComparison.Ordinal)}", off, ("0.4", half), ("0.8 (default)", usual), ("1", full));
        Assert.Equal(1, full);
        Assert.True(off < half && half <= usual && usual > 0.9, $"{off} {half} {usual}");
    }

    [Fact]
    public void Chords_found_in_the_motif_are_followed()
    {
        var lane = ChordFinder.Find(ExampleMotif.Chords.ToGrid(), 4 * 96, ExampleMotif.Chords.Meter, new Key(0, Mode.Major))!;
        double Share(MusicSettings settings) => Measure.Share(
            bench.Play([ExampleMotif.Chords], settings),
            _ => true,
            (answer, note) => !Measure.IsStrong(answer, note) || lane.At(answer.Meter, note.OnsetTick).Contains(note.Pitch));
        var (off, on) = (Share(ControlBench.Settings("Chords=Off")), Share(ControlBench.Settings("Chords=From the motif", "Chord tones=1")));
        FigureLog.Row("Chords", "share of strong-beat notes that are tones of the motif's own chords", off, ("From the motif, Chord tones=1", on));
        Assert.Equal(1, on);
        Assert.True(off < 0.95, $"{off}");
    }

    private double ShareOfTones(ChordLane lane, MusicSettings settings)
    {
        var answers = bench.Play([ExampleMotif.Ode], settings, seeds: 24);
        var (of, held) = (0, 0);
        foreach (var answer in answers)
        {
            foreach (var note in answer.Notes.Where(note => Measure.IsStrong(answer, note)))
            {
                of++;
                held += lane.At(answer.Meter, note.OnsetTick).Contains(note.Pitch) ? 1 : 0;
            }
        }
        Assert.True(of > 100, $"only {of} notes to judge by");
        return held / (double)of;
    }
}
