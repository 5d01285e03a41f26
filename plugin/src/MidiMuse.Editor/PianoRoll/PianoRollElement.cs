using System.Collections.Immutable;
using MidiMuse.Core.Notes;
using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using MidiMuse.Editor.Input;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Link;
using SkiaSharp;

namespace MidiMuse.Editor.PianoRoll;

/// <summary>Motif and answer as notes over bars and beats.</summary>
internal sealed class PianoRollElement : Element
{
    private const double MarginQuarters = 0.5;

    /// <summary>Of the keyboard at the left.</summary>
    private const byte KeyVelocity = 96;

    private const byte DrumChannel = 9;

    /// <summary>Most bars that are shown at once without being asked to.</summary>
    private const int MostFittedBars = 16;

    private const int FewestFittedBars = 4;
    private const double ZoomPerStep = 1.2;

    private readonly RollViewport _viewport = new();
    private readonly RollPicture _picture;
    private RollNote[] _notes = [];
    private EditorModel _shown = EditorModel.Empty;
    private float _playheadX = float.NaN; // where it was drawn
    private bool _isFitting = true;
    private (float X, float Y)? _panFrom;
    private readonly List<NoteRef> _selection = [];
    private SKPoint? _bandFrom;
    private SKRect _band;
    private readonly ChordLaneElement _chords;
    private int _soundingPitch = -1; // that the pointer holds
    private bool _isOnKeys;
    private bool _wasPlaying;

    public PianoRollElement(EditorContext context)
        : base(context)
    {
        _picture = new RollPicture(_viewport);
        _chords = Add(new ChordLaneElement(context, this));
        context.ShownCandidateChanged += () =>
        {
            Collect();
            Invalidate();
        };
    }

    /// <summary>Other notes are selected now.</summary>
    public event Action? SelectionChanged;

    /// <summary>The selected notes of the answer.</summary>
    public IReadOnlyList<NoteRef> Selection => _selection;

    /// <summary>All of the selected notes are locked.</summary>
    public bool IsSelectionLocked => _selection.Count > 0 && _notes.All(note => !note.IsSelected || note.IsLocked);

    public override string Name => "roll";

    public override bool IsFocusable => true;

    public RollViewport Viewport => _viewport;

    public IReadOnlyList<RollNote> Notes => _notes;

    /// <summary>Where a note is drawn.</summary>
    public SKRect AreaOf(in RollNote note) => _picture.AreaOf(note);

    /// <summary>Scrolls with the playhead.</summary>
    public bool IsFollowing { get; set; } = true;

    public override void Arrange(SKRect bounds)
    {
        base.Arrange(bounds);
        var layout = new RollLayout(bounds);
        _picture.Layout = layout;
        _chords.Arrange(layout.Chords);
        _viewport.Area = layout.Notes;
        if (_isFitting)
            Fit();
    }

    public override void OnModelChanged()
    {
        base.OnModelChanged();
        if (!ReferenceEquals(_shown, Context.Model))
        {
            _shown = Context.Model;
            Collect();
            SelectionChanged?.Invoke();
        }
        if (_isFitting)
            Fit();
        Invalidate();
    }

    public override void OnTransportChanged()
    {
        if (_wasPlaying && !Context.Transport.Playing && _isFitting)
            ShowAll(); // the playhead may have led the view away from what was made
        _wasPlaying = Context.Transport.Playing;
        var x = PlayheadX();
        if (x.Equals(_playheadX))
            return;
        if (_isFitting && _notes.Length == 0)
        {
            Fit();
            Invalidate();
        }
        else if (IsFollowing && Context.Transport.Playing && (x < _viewport.Area.Left || x > _viewport.Area.Right))
        {
            _viewport.ShowFrom(BarGrid.Of(Context).LineBefore(PlayheadPpq()) - (MarginQuarters / 2));
            Invalidate();
        }
        InvalidatePlayhead(_playheadX);
        InvalidatePlayhead(PlayheadX());
    }

    public override bool OnWheel(in WheelInput input)
    {
        _isFitting = false;
        if (input.Control)
            _viewport.ZoomTime(input.X, Math.Pow(ZoomPerStep, input.Steps));
        else if (input.X < _viewport.Area.Left)
            _viewport.ZoomPitch(input.Y, Math.Pow(ZoomPerStep, input.Steps));
        else if (input.Shift || input.IsHorizontal)
            ScrollTime(-input.Steps * 60);
        else
            _viewport.ScrollPitch(input.Steps * 2);
        Invalidate();
        return true;
    }

    public override void OnPointerDown(in PointerInput input)
    {
        Context.Focused = this;
        if (input.Clicks == 2 && _picture.Layout.Ruler.Contains(input.X, input.Y))
            ShowAll();
        else if (input.Button == PointerButton.Middle || _picture.Layout.Ruler.Contains(input.X, input.Y))
            _panFrom = (input.X, input.Y);
        else if (input.Button == PointerButton.Left && _viewport.Area.Contains(input.X, input.Y))
            Select(input);
        else if (input.Button == PointerButton.Left && _picture.Layout.Keys.Contains(input.X, input.Y))
            PressKey(input.Y);
    }

    public override void OnPointerDrag(in PointerInput input)
    {
        if (_isOnKeys)
            PressKey(input.Y);
        if (_bandFrom is { } corner)
            SelectBand(corner, input);
        if (_panFrom is not { } from)
            return;
        _isFitting = false;
        ScrollTime(from.X - input.X);
        _viewport.ScrollPitch((input.Y - from.Y) / _viewport.RowHeight);
        _panFrom = (input.X, input.Y);
        Invalidate();
    }

    public override void OnPointerUp(in PointerInput input)
    {
        _panFrom = null;
        Silence();
        if (_bandFrom is null)
            return;
        _bandFrom = null;
        Context.Invalidate(SKRect.Inflate(_band, 2, 2));
        _band = SKRect.Empty;
    }

    public override bool OnKey(in KeyInput input)
    {
        switch (input.Key)
        {
            case EditorKey.Left or EditorKey.Right:
                ScrollTime((input.Key == EditorKey.Left ? -1 : 1) * 60);
                break;
            case EditorKey.Up or EditorKey.Down:
                _viewport.ScrollPitch(input.Key == EditorKey.Up ? 2 : -2);
                break;
            case EditorKey.Home:
                ShowAll();
                return true;
            case EditorKey.None when input.Control && char.ToLowerInvariant(input.Character) == 'a':
                SelectAll();
                return true;
            case EditorKey.None when input.Character is '+' or '-':
                _viewport.ZoomTime(_viewport.Area.MidX, input.Character == '+' ? ZoomPerStep : 1 / ZoomPerStep);
                break;
            default:
                return false;
        }
        _isFitting = false;
        Invalidate();
        return true;
    }

    /// <summary>Motif and answer in full, from now on again by themselves.</summary>
    public void ShowAll()
    {
        _isFitting = true;
        Fit();
        Invalidate();
    }

    public void SelectAll() => Select(_notes.Where(note => note.IsAnswer).Select(note => note.Ref));

    protected override void OnDraw(Painter painter)
    {
        var grid = BarGrid.Of(Context);
        _playheadX = PlayheadX();
        painter.PushClip(Bounds);
        _picture.DrawRows(painter);
        _picture.DrawLines(painter, grid);
        painter.PushClip(_viewport.Area);
        for (var i = 0; i < _notes.Length; i++)
            _picture.DrawNote(painter, _notes[i]);
        if (!_band.IsEmpty)
        {
            painter.Fill(_band, painter.Theme.Accent.WithAlpha(40));
            painter.StrokeRound(_band, 1, painter.Theme.Accent);
        }
        painter.PopClip();
        _picture.DrawVelocities(painter, _notes);
        _picture.DrawPlayhead(painter, _playheadX);
        _picture.DrawRuler(painter, grid, _playheadX);
        _picture.DrawRegions(painter, _shown);
        _picture.DrawKeys(painter, _soundingPitch);
        painter.PopClip();
        if (IsFocused && Context.ShowsFocus)
            painter.StrokeRound(Bounds, 2, painter.Theme.Accent, 1.5f);
    }

    private void Collect()
    {
        var instance = _shown.Instance;
        var notes = new List<RollNote>();
        if (_shown.ShownMotif is { } motif)
        {
            foreach (var note in motif.Notes)
                notes.Add(RollNote.Of(note, NoteLayer.Motif));
        }
        AddBars(notes, instance.Tail, NoteLayer.Tail);
        AddBars(notes, instance.Answer, NoteLayer.Answer);
        if (Context.ShownCandidate is { } candidate)
            AddBars(notes, candidate.Bars, NoteLayer.Candidate);
        _notes = [.. notes];
        _selection.RemoveAll(selected => !_notes.Any(note => note.IsAnswer && Is(note, selected)));
        Mark();
    }

    private static void AddBars(List<RollNote> notes, ImmutableArray<AnswerBar> bars, NoteLayer layer)
    {
        foreach (var bar in bars)
        {
            var barLayer = layer == NoteLayer.Answer && bar.Origin == BarOrigin.Fallback ? NoteLayer.Fallback : layer;
            foreach (var note in bar.Notes)
                notes.Add(RollNote.Of(note, barLayer));
        }
    }

    /// <summary>Says of every note whether it is locked and selected.</summary>
    private void Mark()
    {
        var locked = _shown.Instance.Locked;
        for (var i = 0; i < _notes.Length; i++)
        {
            var note = _notes[i];
            var isLocked = note.IsAnswer && locked.Any(reference => Is(note, reference));
            _notes[i] = note with { IsLocked = isLocked, IsSelected = note.IsAnswer && _selection.Contains(note.Ref) };
        }
    }

    private static bool Is(in RollNote note, NoteRef reference) =>
        reference.Is(new TimelineNote(note.OnsetPpq, note.EndPpq, 0, note.Pitch, note.Velocity));

    /// <summary>Key by key while the pointer is drawn over the keyboard.</summary>
    private void PressKey(float y)
    {
        _isOnKeys = true;
        var pitch = _viewport.Pitch(y);
        if (pitch != _soundingPitch)
            Sound(new AuditionedNote((byte)pitch, KeyVelocity, _shown.Instance.Role == Role.Drums ? DrumChannel : (byte)0));
    }

    private void Sound(AuditionedNote note)
    {
        _soundingPitch = note.Pitch;
        Context.Actions.Audition(note);
        Context.Invalidate(_picture.Layout.Keys);
    }

    private void Silence()
    {
        if (_soundingPitch < 0)
            return;
        _soundingPitch = -1;
        _isOnKeys = false;
        Context.Actions.EndAudition();
        Context.Invalidate(_picture.Layout.Keys);
    }

    /// <summary>What is pointed at is heard, whatever it belongs to; only notes of the answer can be selected.</summary>
    private void SoundNoteAt(float x, float y)
    {
        for (var i = _notes.Length - 1; i >= 0; i--)
        {
            if (!AreaOf(_notes[i]).Contains(x, y))
                continue;
            Sound(new AuditionedNote(_notes[i].Pitch, _notes[i].Velocity, _notes[i].Channel));
            return;
        }
    }

    private void Select(in PointerInput input)
    {
        SoundNoteAt(input.X, input.Y);
        var hit = NoteAt(input.X, input.Y);
        if (hit is null && !input.Shift && !input.Control)
            Select([]);
        if (hit is null)
        {
            _bandFrom = new SKPoint(input.X, input.Y);
            return;
        }
        var reference = hit.Value.Ref;
        if (!input.Shift && !input.Control)
            Select([reference]);
        else if (_selection.Contains(reference))
            Select(_selection.Where(selected => selected != reference).ToArray());
        else
            Select([.. _selection, reference]);
    }

    private void SelectBand(SKPoint corner, in PointerInput input)
    {
        Context.Invalidate(SKRect.Inflate(_band, 2, 2));
        var area = _viewport.Area;
        _band = SKRect.Intersect(new SKRect(Math.Min(corner.X, input.X), Math.Min(corner.Y, input.Y), Math.Max(corner.X, input.X), Math.Max(corner.Y, input.Y)), area);
        Context.Invalidate(SKRect.Inflate(_band, 2, 2));
        Select(_notes.Where(note => note.IsAnswer && AreaOf(note).IntersectsWith(_band)).Select(note => note.Ref).ToArray());
    }

    private void Select(IEnumerable<NoteRef> notes)
    {
        NoteRef[] selected = [.. notes];
        if (selected.AsSpan().SequenceEqual(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_selection)))
            return;
        _selection.Clear();
        _selection.AddRange(selected);
        Mark();
        Context.Invalidate(_viewport.Area);
        SelectionChanged?.Invoke();
    }

    /// <summary>The topmost note of the answer at a point.</summary>
    private RollNote? NoteAt(float x, float y)
    {
        for (var i = _notes.Length - 1; i >= 0; i--)
        {
            if (_notes[i].IsAnswer && AreaOf(_notes[i]).Contains(x, y))
                return _notes[i];
        }
        return null;
    }

    private void Fit()
    {
        var grid = BarGrid.Of(Context);
        var startPpq = _shown.ShownMotif?.StartPpq ?? grid.LineBefore(PlayheadPpq());
        var endPpq = Math.Max(_shown.EndPpq, startPpq + (FewestFittedBars * grid.BarPpq));
        if (_shown.ShownMotif is { } motif && endPpq < motif.EndPpq + grid.BarPpq)
            endPpq = motif.EndPpq + (2 * grid.BarPpq);
        endPpq = Math.Min(endPpq, startPpq + (MostFittedBars * grid.BarPpq));
        var (lowest, highest) = (60, 72);
        if (_notes.Length > 0)
            (lowest, highest) = (_notes.Min(note => note.Pitch), _notes.Max(note => note.Pitch));
        _viewport.Fit(startPpq - (MarginQuarters / 2), endPpq + (MarginQuarters / 2), lowest, highest);
    }

    private void ScrollTime(double pixels) => _viewport.ScrollTime(pixels);

    private double PlayheadPpq() => Context.Transport.BlockEndPpq - Context.Transport.PassOffsetPpq;

    private float PlayheadX() => Context.Transport.TempoBpm > 0 ? MathF.Round(_viewport.X(PlayheadPpq()) * 2) / 2 : float.NaN;

    private void InvalidatePlayhead(float x)
    {
        if (x >= _viewport.Area.Left - 8 && x <= _viewport.Area.Right + 8)
            Context.Invalidate(new SKRect(x - 7, Bounds.Top, x + 7, Bounds.Bottom));
    }
}
