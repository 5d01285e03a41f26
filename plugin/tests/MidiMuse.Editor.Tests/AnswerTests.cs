using MidiMuse.Editor.Input;
using MidiMuse.Editor.PianoRoll;
using MidiMuse.Editor.Tests.Support;
using SkiaSharp;

namespace MidiMuse.Editor.Tests;

/// <summary>Oracle: the commands of MidiMuse.Engine.Commands that a click stands for.</summary>
public sealed class AnswerTests : IDisposable
{
    private readonly ViewFixture _fixture = new(FakeInstance.WithCandidates());

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_click_on_a_candidate_chooses_it()
    {
        _fixture.Click("candidate:1");
        Assert.Equal(["ChooseCandidate { Candidate = 1 }"], _fixture.Log);
    }

    [Fact]
    public void A_candidate_that_is_pointed_at_shows_its_notes_and_hides_them_again()
    {
        var at = _fixture.Centre("candidate:1");
        _fixture.View.PointerMove(new PointerInput(at.X, at.Y));
        Assert.Equal(3, _fixture.View.Roll.Notes.Count(note => note.Layer == NoteLayer.Candidate));
        _fixture.View.PointerMove(new PointerInput(2, 2));
        Assert.DoesNotContain(_fixture.View.Roll.Notes, note => note.Layer == NoteLayer.Candidate);
    }

    [Fact]
    public void Two_notes_are_selected_and_locked()
    {
        ClickNote(1);
        ClickNote(2, Modifiers.Shift);
        _fixture.Click("lock");
        Assert.Single(_fixture.Log);
        Assert.StartsWith("LockNotes", _fixture.Log[0], StringComparison.Ordinal);
        Assert.Equal([64, 62], _fixture.View.Roll.Selection.Select(note => (int)note.Pitch));
    }

    [Fact]
    public void A_locked_note_is_offered_for_unlocking()
    {
        ClickNote(0);
        Assert.True(_fixture.View.Roll.IsSelectionLocked);
        _fixture.Click("lock");
        Assert.Contains("IsLocked = False", _fixture.Log[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_band_selects_the_answers_notes_and_not_the_motifs()
    {
        var area = _fixture.View.Roll.Viewport.Area;
        _fixture.Drag(new SKPoint(area.Left + 2, area.Top + 2), new SKPoint(area.Right - 2, area.Bottom - 2));
        Assert.Equal(6, _fixture.View.Roll.Selection.Count);
        Assert.All(_fixture.View.Roll.Selection, note => Assert.True(note.OnsetPpq >= 8));
    }

    [Fact]
    public void Regenerate_means_the_selection_or_everything()
    {
        _fixture.Click("regenerate");
        Assert.StartsWith("Regenerate {", _fixture.Log[0], StringComparison.Ordinal);
        ClickNote(1);
        _fixture.Click("regenerate");
        Assert.StartsWith("RegenerateNotes", _fixture.Log[1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_done_is_not_done()
    {
        _fixture.Click("redo");
        _fixture.Click("compare");
        _fixture.Click("lock");
        Assert.Empty(_fixture.Log);
        _fixture.Click("undo");
        Assert.Single(_fixture.Log);
    }

    [Fact]
    public void The_history_shows_the_latest_first_and_brings_it_back()
    {
        _fixture.Click(new SKPoint(_fixture.Find("history:0").Bounds.MidX, _fixture.Find("history:0").Bounds.MidY));
        Assert.Equal(["Recall { HistoryId = 2 }"], _fixture.Log);
        _fixture.Log.Clear();
        _fixture.Click(new SKPoint(_fixture.Find("history:1").Bounds.Left + 18, _fixture.Find("history:1").Bounds.MidY));
        Assert.Equal(["MarkFavourite { HistoryId = 1, IsFavourite = False }"], _fixture.Log);
    }

    [Fact]
    public void Zooming_keeps_the_position_under_the_pointer()
    {
        var viewport = _fixture.View.Roll.Viewport;
        var x = viewport.Area.Left + 300;
        var before = viewport.Ppq(x);
        _fixture.View.Wheel(new WheelInput(x, viewport.Area.MidY, 3, Modifiers: Modifiers.Control));
        Assert.Equal(before, viewport.Ppq(x), 3);
        Assert.True(viewport.PixelsPerQuarter > 0);
    }

    [Fact]
    public void Fit_shows_motif_and_answer_in_full_after_a_scroll()
    {
        var viewport = _fixture.View.Roll.Viewport;
        _fixture.View.Wheel(new WheelInput(viewport.Area.MidX, viewport.Area.MidY, -40, IsHorizontal: true));
        _fixture.Click("fit");
        Assert.True(viewport.StartPpq <= 0 && viewport.EndPpq >= 16);
    }

    private void ClickNote(int index, Modifiers modifiers = Modifiers.None)
    {
        var note = _fixture.View.Roll.Notes.Where(note => note.IsAnswer).ElementAt(index);
        var area = _fixture.View.Roll.AreaOf(note);
        _fixture.Click(new SKPoint(area.MidX, area.MidY), modifiers: modifiers);
    }
}
