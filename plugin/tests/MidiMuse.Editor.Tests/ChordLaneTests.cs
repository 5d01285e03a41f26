using MidiMuse.Core.Harmony;
using MidiMuse.Editor.Input;
using MidiMuse.Editor.PianoRoll;
using MidiMuse.Editor.Tests.Support;
using MidiMuse.Engine.Parameters;

namespace MidiMuse.Editor.Tests;

/// <summary>Oracle: CONTROLS.md. A progression begins with the answer and repeats; chords of a bar share its beats.</summary>
public sealed class ChordLaneTests
{
    [Fact]
    public void Chords_lie_over_their_bars_from_the_answer_on_and_repeat()
    {
        using var fixture = new ViewFixture(With("Dm7 | G7 C"));
        Assert.Equal(
            [(8.0, 12.0, "Dm7"), (12.0, 14.0, "G7"), (14.0, 16.0, "C")],
            Lane(fixture).Cells.Select(cell => (cell.StartPpq, cell.EndPpq, cell.Chord)));
        using var longer = new ViewFixture(With("F"));
        Assert.Equal([(8.0, 12.0, "F"), (12.0, 16.0, "F")], Lane(longer).Cells.Select(cell => (cell.StartPpq, cell.EndPpq, cell.Chord)));
    }

    [Fact]
    public void Chords_that_were_heard_lie_over_the_motif_as_well()
    {
        using var fixture = new ViewFixture(With("C | F"));
        fixture.Instance.SetByHost(ParameterId.ChordSource, ParameterTable.Find(ParameterId.ChordSource)!.ToNormalised(2));
        fixture.Poll();
        fixture.Instance.Model = With("C | F");
        fixture.Poll();
        Assert.Equal([0.0, 4, 8, 12], Lane(fixture).Cells.Select(cell => cell.StartPpq));
    }

    [Fact]
    public void Chords_are_typed_into_the_lane_and_followed_from_then_on()
    {
        using var fixture = new ViewFixture();
        fixture.Instance.SetByHost(ParameterId.ChordSource, 0);
        fixture.Poll();
        fixture.Click("chordLane");
        fixture.Type("Am | F");
        fixture.Press(EditorKey.Enter);
        Assert.Equal(["SetText { Key = chords, Text = Am | F }", "begin chordSource", "set chordSource As given", "end chordSource"], fixture.Log);
    }

    [Fact]
    public void What_is_no_chord_is_named_and_changes_nothing()
    {
        using var fixture = new ViewFixture();
        fixture.Click("chordLane");
        fixture.Type("Am | H#9b");
        fixture.Press(EditorKey.Enter);
        Assert.Empty(fixture.Log);
        Assert.Contains("H#9b", Lane(fixture).Tooltip, StringComparison.Ordinal);
    }

    private static ChordLaneElement Lane(ViewFixture fixture) => (ChordLaneElement)fixture.Find("chordLane");

    private static EditorModel With(string chords)
    {
        Assert.True(ChordLane.TryParse(chords, out var lane, out var problem), problem);
        var answered = FakeInstance.Answered();
        return answered with { Instance = answered.Instance with { Chords = lane } };
    }
}
