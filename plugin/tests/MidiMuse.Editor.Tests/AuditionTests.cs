using MidiMuse.Core.Notes;
using MidiMuse.Editor.Input;
using MidiMuse.Editor.PianoRoll;
using MidiMuse.Editor.Tests.Support;
using MidiMuse.Engine.Capture;
using MidiMuse.Core.Time;
using MidiMuse.Testing;
using SkiaSharp;

namespace MidiMuse.Editor.Tests;

/// <summary>Oracle: the notes that the model holds, and the rows of a piano roll: a semitone each, upwards.</summary>
public sealed class AuditionTests : IDisposable
{
    private readonly ViewFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_click_on_a_note_of_the_answer_sounds_it_and_ends_it()
    {
        var note = _fixture.View.Roll.Notes.First(note => note.IsAnswer);
        _fixture.Click(Middle(note));
        Assert.Equal([$"{note.Pitch} at {note.Velocity} on 0", "end"], _fixture.Instance.Sounds);
    }

    [Fact]
    public void A_note_of_the_motif_sounds_and_is_not_selected()
    {
        var note = _fixture.View.Roll.Notes.First(note => note.Layer == NoteLayer.Motif);
        _fixture.Click(Middle(note));
        Assert.Equal($"{note.Pitch} at {note.Velocity} on 0", _fixture.Instance.Sounds[0]);
        Assert.Empty(_fixture.View.Roll.Selection);
    }

    [Fact]
    public void The_keyboard_sounds_key_by_key_while_the_pointer_is_drawn_over_it()
    {
        var roll = _fixture.View.Roll;
        var row = roll.Viewport.RowHeight;
        var from = new SKPoint(roll.Bounds.Left + 10, roll.Viewport.Y(64) + (row / 2));
        _fixture.Drag(from, new SKPoint(from.X, from.Y - (2 * row)));
        Assert.Equal(["64 at 96 on 0", "65 at 96 on 0", "66 at 96 on 0", "end"], _fixture.Instance.Sounds);
    }

    [Fact]
    public void The_keyboard_plays_drums_where_the_answer_is_for_drums()
    {
        var answered = FakeInstance.Answered();
        using var fixture = new ViewFixture(answered with { Instance = answered.Instance with { Role = Role.Drums } });
        var roll = fixture.View.Roll;
        fixture.Click(new SKPoint(roll.Bounds.Left + 10, roll.Viewport.Y(60) + 2));
        Assert.Equal("60 at 96 on 9", fixture.Instance.Sounds[0]);
    }

    [Fact]
    public void An_empty_place_is_silent()
    {
        var area = _fixture.View.Roll.Viewport.Area;
        _fixture.Click(new SKPoint(area.Right - 3, area.Top + 3));
        Assert.Empty(_fixture.Instance.Sounds);
    }

    [Fact]
    public void Nothing_sounds_on_after_the_editor_is_closed()
    {
        var fixture = new ViewFixture();
        var at = Middle(fixture.View.Roll.Notes[0]);
        fixture.View.PointerDown(new PointerInput(at.X, at.Y));
        fixture.Dispose();
        Assert.Equal("end", fixture.Instance.Sounds[^1]);
    }

    [Fact]
    public void A_motif_is_shown_while_it_is_played()
    {
        var capturing = EditorModel.Empty with
        {
            Instance = EditorModel.Empty.Instance with { MotifInTheMaking = new Motif(0, 4, Meter.CommonTime, [.. Phrase.Parse("c4q e4q g4h")]) },
        };
        using var fixture = new ViewFixture(capturing);
        Assert.Equal([60, 64, 67], fixture.View.Roll.Notes.Select(note => (int)note.Pitch));
        Assert.DoesNotContain(fixture.View.Root.Visible(), element => element is Panels.EmptyState);
    }

    private SKPoint Middle(in RollNote note)
    {
        var area = _fixture.View.Roll.AreaOf(note);
        return new SKPoint(area.MidX, area.MidY);
    }
}
