using MidiMuse.Editor.Drawing;
using SkiaSharp;

namespace MidiMuse.Editor.PianoRoll;

/// <summary>Draws the piano roll, lane by lane.</summary>
internal sealed class RollPicture(RollViewport viewport)
{
    private (int Numerator, int Denominator) _meter;
    private string _meterText = "";

    public RollLayout Layout { get; set; }

    /// <summary>Where a note is drawn.</summary>
    public SKRect AreaOf(in RollNote note)
    {
        var left = viewport.X(note.OnsetPpq);
        var right = viewport.X(Math.Min(note.EndPpq, viewport.EndPpq + 64));
        var top = viewport.Y(note.Pitch);
        return new SKRect(left, top + 0.5f, Math.Max(right - 1, left + 3), top + viewport.RowHeight - 0.5f);
    }

    public void DrawRows(Painter painter)
    {
        var theme = painter.Theme;
        var area = viewport.Area;
        painter.Fill(new SKRect(area.Left, area.Top, area.Right, Layout.Bounds.Bottom), theme.RollWhiteKey);
        var top = viewport.Pitch(area.Top);
        var bottom = viewport.Pitch(area.Bottom);
        for (var pitch = bottom; pitch <= top; pitch++)
        {
            var y = viewport.Y(pitch);
            if (NoteNames.IsBlack(pitch))
                painter.Fill(new SKRect(area.Left, Math.Max(y, area.Top), area.Right, Math.Min(y + viewport.RowHeight, area.Bottom)), theme.RollBlackKey);
            if (pitch % 12 == 0 && y + viewport.RowHeight < area.Bottom)
                painter.Fill(new SKRect(area.Left, y + viewport.RowHeight - 0.5f, area.Right, y + viewport.RowHeight + 0.5f), theme.RollBeat);
        }
        painter.Fill(Layout.Velocities, theme.RollBlackKey);
        painter.Fill(new SKRect(Layout.Bounds.Left, area.Bottom, Layout.Bounds.Right, area.Bottom + 1), theme.Line);
    }

    public void DrawLines(Painter painter, in BarGrid grid)
    {
        var theme = painter.Theme;
        var beats = grid.Meter.BeatPpq * viewport.PixelsPerQuarter >= 9;
        for (var bar = grid.LineBefore(Math.Max(viewport.StartPpq, viewport.Ppq(painter.Clip.Left) - 0.1)); bar < viewport.EndPpq; bar += grid.BarPpq)
        {
            var x = MathF.Round(viewport.X(bar));
            if (x > painter.Clip.Right + 1)
                return;
            if (beats)
            {
                for (var beat = 1; beat < grid.Meter.Numerator; beat++)
                {
                    var beatX = MathF.Round(viewport.X(bar + (beat * grid.Meter.BeatPpq)));
                    if (beatX >= viewport.Area.Left)
                        painter.Fill(new SKRect(beatX, Layout.Notes.Top, beatX + 1, Layout.Bounds.Bottom), theme.RollBeat);
                }
            }
            if (x >= viewport.Area.Left)
                painter.Fill(new SKRect(x, Layout.Notes.Top, x + 1, Layout.Bounds.Bottom), theme.RollBar);
        }
    }

    public void DrawNote(Painter painter, in RollNote note)
    {
        var rect = AreaOf(note);
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

    public void DrawVelocities(Painter painter, RollNote[] notes)
    {
        var area = Layout.Velocities;
        painter.PushClip(area);
        for (var i = 0; i < notes.Length; i++)
        {
            var x = viewport.X(notes[i].OnsetPpq);
            if (x < painter.Clip.Left - 4 || x > painter.Clip.Right + 4)
                continue;
            var height = (area.Height - 6) * notes[i].Velocity / 127f;
            painter.FillRound(new SKRect(x, area.Bottom - height, x + 3, area.Bottom), 1.5f, ColorOf(painter.Theme, notes[i].Layer));
        }
        painter.PopClip();
    }

    public void DrawPlayhead(Painter painter, float x)
    {
        if (float.IsNaN(x) || x < viewport.Area.Left || x > viewport.Area.Right)
            return;
        painter.Fill(new SKRect(x - 0.75f, Layout.Ruler.Bottom - 7, x + 0.75f, Layout.Bounds.Bottom), painter.Theme.Playhead);
    }

    public void DrawRuler(Painter painter, in BarGrid grid, float playheadX)
    {
        var theme = painter.Theme;
        var ruler = Layout.Ruler;
        painter.Fill(new SKRect(Layout.Bounds.Left, Layout.Bounds.Top, Layout.Bounds.Right, ruler.Bottom), theme.Panel);
        var step = 1;
        while (grid.BarPpq * viewport.PixelsPerQuarter * step < 34)
            step *= 2;
        painter.PushClip(ruler);
        for (var bar = grid.LineBefore(viewport.StartPpq); bar < viewport.EndPpq; bar += grid.BarPpq)
        {
            var number = grid.Number(bar);
            var x = MathF.Round(viewport.X(bar));
            painter.Fill(new SKRect(x, ruler.Bottom - 7, x + 1, ruler.Bottom), theme.RollBar);
            if ((number - 1) % step == 0)
                painter.Text(NoteNames.Number(number), x + 5, ruler.MidY, TextStyle.Small, theme.Muted);
        }
        if (!float.IsNaN(playheadX))
            painter.FillPath(Icons.ChevronDown, playheadX - 6, ruler.Bottom - 12, 12, theme.Playhead);
        painter.PopClip();
        painter.Text(MeterText(grid), Layout.Bounds.Left + 10, ruler.MidY, TextStyle.Small, theme.Faint);
    }

    public void DrawRegions(Painter painter, EditorModel model)
    {
        var theme = painter.Theme;
        var area = Layout.Regions;
        painter.Fill(new SKRect(Layout.Bounds.Left, area.Top, Layout.Bounds.Right, area.Bottom), theme.Panel);
        painter.PushClip(area);
        if (model.ShownMotif is { } motif)
            DrawRegion(painter, "Motif", motif.StartPpq, motif.EndPpq, theme.Motif);
        if (model.HasAnswer)
            DrawRegion(painter, "Answer", model.Instance.Answer[0].StartPpq, model.Instance.Answer[^1].EndPpq, theme.Answer);
        if (!model.Instance.Tail.IsEmpty)
            DrawRegion(painter, "May still change", model.Instance.Tail[0].StartPpq, model.Instance.Tail[^1].EndPpq, theme.Fallback);
        painter.PopClip();
        painter.Fill(new SKRect(Layout.Bounds.Left, area.Bottom - 1, Layout.Bounds.Right, area.Bottom), theme.Line);
    }

    public void DrawKeys(Painter painter, int soundingPitch)
    {
        var theme = painter.Theme;
        var area = Layout.Keys;
        if (!painter.IsDamaged(new SKRect(area.Left, Layout.Chords.Top, area.Right, Layout.Bounds.Bottom)))
            return;
        painter.Fill(new SKRect(Layout.Bounds.Left, area.Top, area.Right + 1, Layout.Bounds.Bottom), theme.Panel);
        painter.PushClip(area);
        painter.Fill(area, theme.PianoWhite);
        var row = viewport.RowHeight;
        for (var pitch = viewport.Pitch(area.Bottom); pitch <= viewport.Pitch(area.Top); pitch++)
        {
            var y = viewport.Y(pitch);
            if (pitch == soundingPitch)
                painter.Fill(new SKRect(area.Left, y, NoteNames.IsBlack(pitch) ? area.Right - 15 : area.Right, y + row), theme.Accent);
            else if (NoteNames.IsBlack(pitch))
                painter.Fill(new SKRect(area.Left, y, area.Right - 15, y + row), theme.PianoBlack);
            else if (pitch % 12 is 0 or 5)
                painter.Fill(new SKRect(area.Left, y + row - 0.5f, area.Right, y + row + 0.5f), theme.Faint.WithAlpha(150));
            if (pitch % 12 == 0 && row >= 7)
                painter.Text(NoteNames.All[pitch], area.Right - 3, y + (row / 2), TextStyle.Tiny, theme.OnPianoWhite, TextAlign.Right);
        }
        painter.PopClip();
        var labels = new SKRect(Layout.Bounds.Left, Layout.Chords.Top, area.Right + 1, area.Top);
        painter.Fill(labels, theme.Panel);
        painter.Fill(new SKRect(labels.Left, labels.Bottom - 1, labels.Right, labels.Bottom), theme.Line);
        painter.Text("Chords", Layout.Bounds.Left + 4, Layout.Chords.MidY, TextStyle.Tiny, theme.Faint);
        painter.Text("Velocity", Layout.Bounds.Left + 4, Layout.Velocities.MidY, TextStyle.Tiny, theme.Faint);
    }

    private static SKColor ColorOf(Theme theme, NoteLayer layer) => layer switch
    {
        NoteLayer.Motif => theme.Motif,
        NoteLayer.Fallback => theme.Fallback,
        NoteLayer.Candidate => theme.Candidate,
        _ => theme.Answer,
    };

    private void DrawRegion(Painter painter, string title, double startPpq, double endPpq, SKColor color)
    {
        var rect = new SKRect(viewport.X(startPpq) + 1, Layout.Regions.Top + 1, viewport.X(endPpq) - 1, Layout.Regions.Bottom - 3);
        if (rect.Right <= Layout.Regions.Left || rect.Left >= Layout.Regions.Right)
            return;
        painter.FillRound(rect, 3, color.WithAlpha(70));
        painter.FillRound(new SKRect(rect.Left, rect.Top, rect.Left + 3, rect.Bottom), 1.5f, color);
        var titleLeft = Math.Max(rect.Left, Layout.Regions.Left) + 8;
        painter.Text(title, titleLeft, rect.MidY, TextStyle.Tiny, painter.Theme.Text, TextAlign.Left, Math.Max(0, rect.Right - titleLeft - 4));
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
}
