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
    private const float KeysWidth = 46;
    private const float RulerHeight = 24;
    private const float RegionHeight = 16;
    private const float VelocityHeight = 40;
    private const double MarginQuarters = 0.5;

    /// <summary>Of the keyboard at the left.</summary>
    private const byte KeyVelocity = 96;

    private const byte DrumChannel = 9;

    /// <summary>Most bars that are shown at once without being asked to.</summary>
    private const int MostFittedBars = 16;

    private const int FewestFittedBars = 4;
    private const double ZoomPerStep = 1.2;

    private readonly RollViewport _viewport = new();
    private RollNote[] _notes = [];
    private EditorModel _shown = EditorModel.Empty;
    private float _playheadX = float.NaN; // where it was drawn
    private bool _isFitting = true;
    private (float X, float Y)? _panFrom;
    private readonly List<NoteRef> _selection = [];
    private (int Numerator, int Denominator) _meter;
    private string _meterText = "";
    private SKPoint? _bandFrom;
    private SKRect _band;
    private readonly ChordLaneElement _chords;
    private int _soundingPitch = -1; // that the pointer holds
    private bool _isOnKeys;
    private bool _wasPlaying;

    public PianoRollElement(EditorContext context)
        : base(context)
    {
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
    public SKRect AreaOf(in RollNote note) => RectOf(note);

    /// <summary>Scrolls with the playhead.</summary>
    public bool IsFollowing { get; set; } = true;

    /// <summary>What is being played, else what was.</summary>
    private Engine.Capture.Motif? ShownMotif => _shown.Instance.MotifInTheMaking ?? _shown.Instance.Motif;

    private SKRect RulerArea => new(_viewport.Area.Left, Bounds.Top, Bounds.Right, Bounds.Top + RulerHeight);

    private SKRect RegionArea => new(_viewport.Area.Left, Bounds.Top + RulerHeight, Bounds.Right, Bounds.Top + RulerHeight + RegionHeight);

    private SKRect KeysArea => new(Bounds.Left, _viewport.Area.Top, _viewport.Area.Left - 1, _viewport.Area.Bottom);

    private SKRect VelocityArea => new(_viewport.Area.Left, _viewport.Area.Bottom, Bounds.Right, Bounds.Bottom);

    public override void Arrange(SKRect bounds)
    {
        base.Arrange(bounds);
        var lanesBottom = bounds.Top + RulerHeight + RegionHeight;
        _chords.Arrange(new SKRect(bounds.Left + KeysWidth, lanesBottom, bounds.Right, lanesBottom + ChordLaneElement.Height));
        _viewport.Area = new SKRect(bounds.Left + KeysWidth, _chords.Bounds.Bottom, bounds.Right, bounds.Bottom - VelocityHeight);
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
        if (input.Clicks == 2 && RulerArea.Contains(input.X, input.Y))
            ShowAll();
        else if (input.Button == PointerButton.Middle || RulerArea.Contains(input.X, input.Y))
            _panFrom = (input.X, input.Y);
        else if (input.Button == PointerButton.Left && _viewport.Area.Contains(input.X, input.Y))
            Select(input);
        else if (input.Button == PointerButton.Left && KeysArea.Contains(input.X, input.Y))
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
        painter.PushClip(Bounds);
        DrawRows(painter);
        DrawLines(painter, grid, _viewport.Area.Top, Bounds.Bottom);
        painter.PushClip(_viewport.Area);
        for (var i = 0; i < _notes.Length; i++)
            DrawNote(painter, _notes[i]);
        if (!_band.IsEmpty)
        {
            painter.Fill(_band, painter.Theme.Accent.WithAlpha(40));
            painter.StrokeRound(_band, 1, painter.Theme.Accent);
        }
        painter.PopClip();
        DrawVelocities(painter);
        DrawPlayhead(painter);
        DrawRuler(painter, grid);
        DrawRegions(painter);
        DrawKeys(painter);
        painter.PopClip();
        if (IsFocused && Context.ShowsFocus)
            painter.StrokeRound(Bounds, 2, painter.Theme.Accent, 1.5f);
    }

    private static SKColor ColorOf(Theme theme, NoteLayer layer) => layer switch
    {
        NoteLayer.Motif => theme.Motif,
        NoteLayer.Fallback => theme.Fallback,
        NoteLayer.Candidate => theme.Candidate,
        _ => theme.Answer,
    };

    private void Collect()
    {
        var instance = _shown.Instance;
        var notes = new List<RollNote>();
        if (ShownMotif is { } motif)
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
        Context.Invalidate(KeysArea);
    }

    private void Silence()
    {
        if (_soundingPitch < 0)
            return;
        _soundingPitch = -1;
        _isOnKeys = false;
        Context.Actions.EndAudition();
        Context.Invalidate(KeysArea);
    }

    /// <summary>What is pointed at is heard, whatever it belongs to; only notes of the answer can be selected.</summary>
    private void SoundNoteAt(float x, float y)
    {
        for (var i = _notes.Length - 1; i >= 0; i--)
        {
            if (!RectOf(_notes[i]).Contains(x, y))
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
        Select(_notes.Where(note => note.IsAnswer && RectOf(note).IntersectsWith(_band)).Select(note => note.Ref).ToArray());
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
            if (_notes[i].IsAnswer && RectOf(_notes[i]).Contains(x, y))
                return _notes[i];
        }
        return null;
    }

    private void Fit()
    {
        var grid = BarGrid.Of(Context);
        var startPpq = ShownMotif?.StartPpq ?? grid.LineBefore(PlayheadPpq());
        var endPpq = Math.Max(_shown.EndPpq, startPpq + (FewestFittedBars * grid.BarPpq));
        if (ShownMotif is { } motif && endPpq < motif.EndPpq + grid.BarPpq)
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

    private void DrawRows(Painter painter)
    {
        var theme = painter.Theme;
        var area = _viewport.Area;
        painter.Fill(new SKRect(area.Left, area.Top, area.Right, Bounds.Bottom), theme.RollWhiteKey);
        var top = _viewport.Pitch(area.Top);
        var bottom = _viewport.Pitch(area.Bottom);
        for (var pitch = bottom; pitch <= top; pitch++)
        {
            var y = _viewport.Y(pitch);
            if (NoteNames.IsBlack(pitch))
                painter.Fill(new SKRect(area.Left, Math.Max(y, area.Top), area.Right, Math.Min(y + _viewport.RowHeight, area.Bottom)), theme.RollBlackKey);
            if (pitch % 12 == 0 && y + _viewport.RowHeight < area.Bottom)
                painter.Fill(new SKRect(area.Left, y + _viewport.RowHeight - 0.5f, area.Right, y + _viewport.RowHeight + 0.5f), theme.RollBeat);
        }
        painter.Fill(VelocityArea, theme.RollBlackKey);
        painter.Fill(new SKRect(Bounds.Left, area.Bottom, Bounds.Right, area.Bottom + 1), theme.Line);
    }

    private void DrawLines(Painter painter, in BarGrid grid, float top, float bottom)
    {
        var theme = painter.Theme;
        var beats = grid.Meter.BeatPpq * _viewport.PixelsPerQuarter >= 9;
        for (var bar = grid.LineBefore(Math.Max(_viewport.StartPpq, _viewport.Ppq(painter.Clip.Left) - 0.1)); bar < _viewport.EndPpq; bar += grid.BarPpq)
        {
            var x = MathF.Round(_viewport.X(bar));
            if (x > painter.Clip.Right + 1)
                return;
            if (beats)
            {
                for (var beat = 1; beat < grid.Meter.Numerator; beat++)
                {
                    var beatX = MathF.Round(_viewport.X(bar + (beat * grid.Meter.BeatPpq)));
                    if (beatX >= _viewport.Area.Left)
                        painter.Fill(new SKRect(beatX, top, beatX + 1, bottom), theme.RollBeat);
                }
            }
            if (x >= _viewport.Area.Left)
                painter.Fill(new SKRect(x, top, x + 1, bottom), theme.RollBar);
        }
    }

    private void DrawNote(Painter painter, in RollNote note)
    {
        var rect = RectOf(note);
        if (!painter.IsDamaged(rect))
            return;
        var theme = painter.Theme;
        var color = ColorOf(theme, note.Layer);
        var radius = Math.Min(3, rect.Height / 3);
        if (note.Layer == NoteLayer.Candidate)
        {
            painter.FillRound(rect, radius, color.WithAlpha(50));
            painter.StrokeRound(rect, radius, color, 1.5f);
            return;
        }
        painter.FillRound(rect, radius, color.WithAlpha((byte)(150 + (note.Velocity * 105 / 127))));
        if (note.Layer is NoteLayer.Tail or NoteLayer.Fallback)
            painter.HatchRound(rect, radius, 90);
        painter.StrokeRound(rect, radius, color);
        if (note.IsLocked)
        {
            painter.Fill(new SKRect(rect.Left, rect.Top, rect.Left + 3, rect.Bottom), theme.Text);
            painter.Fill(new SKRect(rect.Right - 3, rect.Top, rect.Right, rect.Bottom), theme.Text);
        }
        if (note.IsSelected)
            painter.StrokeRound(SKRect.Inflate(rect, 1.5f, 1.5f), radius + 1, theme.Text, 2);
        if (rect.Height >= 11 && rect.Width >= 24)
            painter.Text(NoteNames.All[note.Pitch], rect.Left + (note.IsLocked ? 6 : 4), rect.MidY, TextStyle.Tiny, theme.OnNote);
    }

    private SKRect RectOf(in RollNote note)
    {
        var left = _viewport.X(note.OnsetPpq);
        var right = _viewport.X(Math.Min(note.EndPpq, _viewport.EndPpq + 64));
        var top = _viewport.Y(note.Pitch);
        return new SKRect(left, top + 0.5f, Math.Max(right - 1, left + 3), top + _viewport.RowHeight - 0.5f);
    }

    private void DrawVelocities(Painter painter)
    {
        var area = VelocityArea;
        painter.PushClip(area);
        for (var i = 0; i < _notes.Length; i++)
        {
            var x = _viewport.X(_notes[i].OnsetPpq);
            if (x < painter.Clip.Left - 4 || x > painter.Clip.Right + 4)
                continue;
            var height = (area.Height - 6) * _notes[i].Velocity / 127f;
            painter.FillRound(new SKRect(x, area.Bottom - height, x + 3, area.Bottom), 1.5f, ColorOf(painter.Theme, _notes[i].Layer));
        }
        painter.PopClip();
    }

    private void DrawPlayhead(Painter painter)
    {
        var x = PlayheadX();
        _playheadX = x;
        if (float.IsNaN(x) || x < _viewport.Area.Left || x > _viewport.Area.Right)
            return;
        painter.Fill(new SKRect(x - 0.75f, Bounds.Top + RulerHeight - 7, x + 0.75f, Bounds.Bottom), painter.Theme.Playhead);
    }

    private void DrawRuler(Painter painter, in BarGrid grid)
    {
        var theme = painter.Theme;
        var ruler = RulerArea;
        painter.Fill(new SKRect(Bounds.Left, Bounds.Top, Bounds.Right, ruler.Bottom), theme.Panel);
        var step = 1;
        while (grid.BarPpq * _viewport.PixelsPerQuarter * step < 34)
            step *= 2;
        painter.PushClip(ruler);
        for (var bar = grid.LineBefore(_viewport.StartPpq); bar < _viewport.EndPpq; bar += grid.BarPpq)
        {
            var number = grid.Number(bar);
            var x = MathF.Round(_viewport.X(bar));
            painter.Fill(new SKRect(x, ruler.Bottom - 7, x + 1, ruler.Bottom), theme.RollBar);
            if ((number - 1) % step == 0)
                painter.Text(NoteNames.Number(number), x + 5, ruler.MidY, TextStyle.Small, theme.Muted);
        }
        var playhead = PlayheadX();
        if (!float.IsNaN(playhead))
            painter.FillPath(Icons.ChevronDown, playhead - 6, ruler.Bottom - 12, 12, theme.Playhead);
        painter.PopClip();
        painter.Text(MeterText(grid), Bounds.Left + 10, ruler.MidY, TextStyle.Small, theme.Faint);
    }

    private string MeterText(in BarGrid grid)
    {
        var (numerator, denominator) = (grid.Meter.Numerator, grid.Meter.Denominator);
        if (_meter.Numerator != numerator || _meter.Denominator != denominator)
        {
            _meter = (numerator, denominator);
            _meterText = grid.Meter.ToString();
        }
        return _meterText;
    }

    private void DrawRegions(Painter painter)
    {
        var theme = painter.Theme;
        var area = RegionArea;
        painter.Fill(new SKRect(Bounds.Left, area.Top, Bounds.Right, area.Bottom), theme.Panel);
        painter.PushClip(area);
        if (ShownMotif is { } motif)
            DrawRegion(painter, "Motif", motif.StartPpq, motif.EndPpq, theme.Motif);
        if (_shown.HasAnswer)
            DrawRegion(painter, "Answer", _shown.Instance.Answer[0].StartPpq, _shown.Instance.Answer[^1].EndPpq, theme.Answer);
        if (!_shown.Instance.Tail.IsEmpty)
            DrawRegion(painter, "May still change", _shown.Instance.Tail[0].StartPpq, _shown.Instance.Tail[^1].EndPpq, theme.Fallback);
        painter.PopClip();
        painter.Fill(new SKRect(Bounds.Left, area.Bottom - 1, Bounds.Right, area.Bottom), theme.Line);
    }

    private void DrawRegion(Painter painter, string title, double startPpq, double endPpq, SKColor color)
    {
        var rect = new SKRect(_viewport.X(startPpq) + 1, RegionArea.Top + 1, _viewport.X(endPpq) - 1, RegionArea.Bottom - 3);
        if (rect.Right <= RegionArea.Left || rect.Left >= RegionArea.Right)
            return;
        painter.FillRound(rect, 3, color.WithAlpha(70));
        painter.FillRound(new SKRect(rect.Left, rect.Top, rect.Left + 3, rect.Bottom), 1.5f, color);
        var titleLeft = Math.Max(rect.Left, RegionArea.Left) + 8;
        painter.Text(title, titleLeft, rect.MidY, TextStyle.Tiny, painter.Theme.Text, TextAlign.Left, Math.Max(0, rect.Right - titleLeft - 4));
    }

    private void DrawKeys(Painter painter)
    {
        var theme = painter.Theme;
        var area = KeysArea;
        if (!painter.IsDamaged(new SKRect(area.Left, _chords.Bounds.Top, area.Right, Bounds.Bottom)))
            return;
        painter.Fill(new SKRect(Bounds.Left, area.Top, area.Right + 1, Bounds.Bottom), theme.Panel);
        painter.PushClip(area);
        painter.Fill(area, theme.PianoWhite);
        var row = _viewport.RowHeight;
        for (var pitch = _viewport.Pitch(area.Bottom); pitch <= _viewport.Pitch(area.Top); pitch++)
        {
            var y = _viewport.Y(pitch);
            if (pitch == _soundingPitch)
                painter.Fill(new SKRect(area.Left, y, NoteNames.IsBlack(pitch) ? area.Right - 15 : area.Right, y + row), theme.Accent);
            else if (NoteNames.IsBlack(pitch))
                painter.Fill(new SKRect(area.Left, y, area.Right - 15, y + row), theme.PianoBlack);
            else if (pitch % 12 is 0 or 5)
                painter.Fill(new SKRect(area.Left, y + row - 0.5f, area.Right, y + row + 0.5f), theme.Faint.WithAlpha(150));
            if (pitch % 12 == 0 && row >= 7)
                painter.Text(NoteNames.All[pitch], area.Right - 3, y + (row / 2), TextStyle.Tiny, theme.OnPianoWhite, TextAlign.Right);
        }
        painter.PopClip();
        var labels = new SKRect(Bounds.Left, _chords.Bounds.Top, area.Right + 1, area.Top);
        painter.Fill(labels, theme.Panel);
        painter.Fill(new SKRect(labels.Left, labels.Bottom - 1, labels.Right, labels.Bottom), theme.Line);
        painter.Text("Chords", Bounds.Left + 4, _chords.Bounds.MidY, TextStyle.Tiny, theme.Faint);
        painter.Text("Velocity", Bounds.Left + 4, VelocityArea.MidY, TextStyle.Tiny, theme.Faint);
    }
}
