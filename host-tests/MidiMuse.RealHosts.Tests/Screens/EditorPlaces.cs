using MidiMuse.Core.Clips;
using MidiMuse.Editor;
using MidiMuse.Editor.Tests.Support;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Candidates;
using SkiaSharp;

namespace MidiMuse.RealHosts.Tests.Screens;

/// <summary>
/// Where things are on the screen: the editor's own view, arranged for the same music, says it. Whether they are really
/// there is what the tests look at.
/// </summary>
internal sealed class EditorPlaces : IDisposable
{
    private readonly FakeInstance _instance = new();
    private readonly EditorView _view;
    private readonly SKPoint _origin;

    private EditorPlaces(EditorModel model, SKRectI window)
    {
        _instance.Model = model;
        _origin = new SKPoint(window.Left, window.Top);
        _view = new EditorView(_instance, _instance);
        _view.Resize(window.Width, window.Height, 1);
    }

    /// <summary>Before there is an answer.</summary>
    public static EditorPlaces Empty(SKRectI window) => new(EditorModel.Empty, window);

    /// <summary>With a motif, its answer and some candidates.</summary>
    /// <param name="answer">Begins on the bar line after the motif.</param>
    public static EditorPlaces Answered(SKRectI window, Motif motif, Clip answer, int answerBars, int candidates)
    {
        var empty = EditorModel.Empty;
        var bar = new AnswerBar(motif.EndPpq, motif.EndPpq + (answerBars * motif.Meter.BarPpq), BarOrigin.Model, 0, [.. NotesOf(answer, motif.EndPpq)]);
        var played = new Engine.Capture.Motif(0, motif.EndPpq, motif.Meter, [.. motif.AsHostNotes().Select(note =>
            new TimelineNote(note.OnsetPpq, note.EndPpq, (byte)note.Channel, (byte)note.Pitch, (byte)note.Velocity))]);
        return new EditorPlaces(
            empty with
            {
                Instance = empty.Instance with
                {
                    Motif = played,
                    Answer = [bar],
                    Candidates = [.. Enumerable.Range(0, candidates).Select(index => new Candidate(index, [bar], answerBars, 0.5, 1, 0.5, []))],
                },
            },
            window);
    }

    public SKRect Of(string name)
    {
        var bounds = _view.Root.Visible().First(element => element.Name == name).Bounds;
        bounds.Offset(_origin);
        return bounds;
    }

    public SKPoint MiddleOf(string name) => Middle(Of(name));

    public SKRect Roll
    {
        get
        {
            var area = _view.Roll.Viewport.Area;
            area.Offset(_origin);
            return area;
        }
    }

    /// <summary>The notes of the answer, in order of onset.</summary>
    public IReadOnlyList<(NoteRef Note, SKRect Area)> AnswerNotes =>
    [
        .. _view.Roll.Notes.Where(note => note.IsAnswer).OrderBy(note => note.OnsetPpq).ThenBy(note => note.Pitch).Select(note =>
        {
            var area = _view.Roll.AreaOf(note);
            area.Offset(_origin);
            return (note.Ref, area);
        }),
    ];

    public void Dispose() => _view.Dispose();

    public static SKPoint Middle(SKRect rect) => new(rect.MidX, rect.MidY);

    private static IEnumerable<TimelineNote> NotesOf(Clip clip, double startPpq) => clip.Notes.Select(note => new TimelineNote(
        startPpq + clip.ToPpq(note.OnsetTick), startPpq + clip.ToPpq(note.EndTick), (byte)note.Channel, (byte)note.Pitch, (byte)note.Velocity));
}
