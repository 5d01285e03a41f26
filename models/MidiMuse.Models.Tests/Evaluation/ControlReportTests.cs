using MidiMuse.Core.Events;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Sampling;
using MidiMuse.Models.Evaluation;

namespace MidiMuse.Models.Tests.Evaluation;

public class ControlReportTests
{
    private static readonly ConditionLane Chords = new([(0, NoteConditions.NotGiven with { Chord = Chord.Of(0, ChordQuality.Major) })]);

    private static readonly Excerpt[] Excerpts = [.. Enumerable.Range(0, 2).Select(i => new Excerpt(
        $"{i}",
        new PhraseContext(Meter.CommonTime, Role.Melody, new Key(0, Mode.Major)),
        Line(0, 60 + i),
        Line(4 * 96, 67 - i),
        VelocityIsKnown: true) { Chords = Chords })];

    [Fact]
    public void Every_condition_has_a_row_and_as_many_answers_are_drawn_as_were_announced()
    {
        using var model = SharedModel.Acquire(Path.Combine(Folders.Repository, "plugin", "tests", "MidiMuse.Inference.Tests", "Data", "tiny-transformer"));
        var drawn = 0;
        var rows = ControlReport.Rows("tiny", model, SamplerSettings.Uniform(1, 1), Role.Melody, Excerpts, () => drawn++).ToList();
        Assert.Equal(["density", "register", "polyphony", "valence", "energy", "chord"], rows.Select(r => r.Condition));
        Assert.Equal(ControlReport.Draws(Excerpts.Length), drawn);
        Assert.All(rows, r => Assert.Equal(2, r.Excerpts));
        // The other value is two classes away, so the same answers are at most two classes nearer or farther.
        Assert.All(rows.SkipLast(1), r => Assert.InRange(Math.Abs(r.OtherNotGiven!.Value.Value - r.TrueNotGiven.Value), 0, 2));
        Assert.Contains(rows.SkipLast(1), r => r.OtherNotGiven!.Value.Value != r.TrueNotGiven.Value);
        Assert.InRange(rows[^1].TrueGiven.Value, 0.01, 1);
    }

    private static GridNote[] Line(long start, int pitch) => [.. Enumerable.Range(0, 16).Select(i => new GridNote(start + (i * 24), 24, pitch + (i % 5), 64 + i))];
}
