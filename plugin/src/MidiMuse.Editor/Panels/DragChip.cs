using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using MidiMuse.Editor.Input;
using SkiaSharp;

namespace MidiMuse.Editor.Panels;

/// <summary>The answer as a thing that can be taken: drag it to a track, the desktop, another program.</summary>
internal sealed class DragChip(EditorContext context) : Element(context)
{
    public const float Width = 172;

    private const float Threshold = 5;

    private SKPoint? _pressedAt;

    public override string Name => "drag";

    public override string Tooltip => "Drag the answer as a MIDI file to a track, the desktop or another program.";

    public override bool IsInteractive => true;

    private bool IsEnabled => Context.Model.HasAnswer;

    public override void OnModelChanged() => Invalidate();

    public override void OnPointerDown(in PointerInput input)
    {
        if (input.Button == PointerButton.Left && IsEnabled)
            _pressedAt = new SKPoint(input.X, input.Y);
    }

    public override void OnPointerDrag(in PointerInput input)
    {
        if (_pressedAt is not { } start || SKPoint.Distance(start, new SKPoint(input.X, input.Y)) < Threshold)
            return;
        _pressedAt = null;
        if (Context.Actions.ExportAnswer() is { } path)
            Context.Actions.BeginFileDrag(path);
    }

    public override void OnPointerUp(in PointerInput input) => _pressedAt = null;

    protected override void OnDraw(Painter painter)
    {
        var theme = painter.Theme;
        var color = IsEnabled ? theme.Answer : theme.Raised;
        painter.FillRound(Bounds, 6, IsEnabled && IsHovered ? color.WithAlpha(225) : color);
        var ink = IsEnabled ? theme.OnNote : theme.Faint;
        painter.FillPath(Icons.Drag, Bounds.Left + 14, Bounds.MidY - 7, 14, ink);
        painter.Text("Drag the answer out", Bounds.Left + 38, Bounds.MidY, TextStyle.Strong, ink);
    }
}
