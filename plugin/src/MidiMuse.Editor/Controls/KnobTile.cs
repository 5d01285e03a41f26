using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using MidiMuse.Editor.Input;
using MidiMuse.Engine.Parameters;
using SkiaSharp;

namespace MidiMuse.Editor.Controls;

/// <summary>A knob: drag up and down, Shift for fine, double click for the default, click on the number to type one.</summary>
internal sealed class KnobTile(EditorContext context, ParameterDefinition definition) : ParameterTile(context, definition)
{
    private const float Radius = 16;
    private const float StartDegrees = 135;
    private const float SweepDegrees = 270;

    /// <summary>Logical pixels for the whole range.</summary>
    private const double DragPixels = 160;

    private const double FineFactor = 0.1;

    private bool _isDragging;
    private float _lastY;
    private double _dragValue;

    private SKRect KnobArea => SKRect.Create(Bounds.Left + 4, Bounds.Top + 6, Radius * 2, Radius * 2);

    public override void Arrange(SKRect bounds)
    {
        base.Arrange(bounds);
        ValueArea = new SKRect(bounds.Left + 44, bounds.Top + 20, bounds.Right - 2, bounds.Bottom - 4);
    }

    public override void OnPointerDown(in PointerInput input)
    {
        if (input.Button != PointerButton.Left)
            return;
        if (input.Clicks == 2)
        {
            Reset();
            return;
        }
        if (ValueArea.Contains(input.X, input.Y))
            return; // released there, it opens the text entry
        _isDragging = true;
        _lastY = input.Y;
        _dragValue = Value;
        Context.Parameters.Begin(Definition.Id);
    }

    public override void OnPointerDrag(in PointerInput input)
    {
        if (!_isDragging)
            return;
        var change = (_lastY - input.Y) / DragPixels;
        _lastY = input.Y;
        _dragValue = Math.Clamp(_dragValue + (input.Shift || input.Control ? change * FineFactor : change), 0, 1);
        var value = Definition.Steps > 0 ? Definition.ToNormalised(Definition.ToPlain(_dragValue)) : _dragValue;
        if (value != Value)
            Context.Parameters.Perform(Definition.Id, value);
    }

    public override void OnPointerUp(in PointerInput input)
    {
        base.OnPointerUp(input);
        if (_isDragging)
        {
            _isDragging = false;
            Context.Parameters.End(Definition.Id);
        }
        else if (input.Button == PointerButton.Left && input.Clicks == 1 && ValueArea.Contains(input.X, input.Y))
        {
            OpenTextEntry();
        }
    }

    protected override void OnDraw(Painter painter)
    {
        var theme = painter.Theme;
        var area = KnobArea;
        var value = (float)Value;
        painter.FillCircle(area.MidX, area.MidY, Radius - 4.5f, IsHovered || _isDragging ? theme.Hover : theme.Raised);
        var ring = SKRect.Inflate(area, -1.5f, -1.5f);
        painter.Arc(ring, StartDegrees, SweepDegrees, theme.Line, 3);
        DrawArc(painter, ring, value);
        var (sin, cos) = MathF.SinCos((StartDegrees + (SweepDegrees * value)) * MathF.PI / 180);
        painter.Line(area.MidX + (cos * 4), area.MidY + (sin * 4), area.MidX + (cos * 10), area.MidY + (sin * 10), theme.Text, 2);
        DrawTitle(painter, Bounds.Left + 44, Bounds.Width - 46);
        DrawValue(painter, Bounds.Left + 44, Bounds.Width - 46);
        DrawFocus(painter);
    }

    /// <summary>From the start, or from the middle where the range goes both ways.</summary>
    private void DrawArc(Painter painter, SKRect ring, float value)
    {
        var origin = Definition.Minimum < 0 && Definition.Maximum > 0
            ? (float)(-Definition.Minimum / (Definition.Maximum - Definition.Minimum))
            : 0;
        if (Math.Abs(value - origin) > 0.002f)
            painter.Arc(ring, StartDegrees + (SweepDegrees * origin), SweepDegrees * (value - origin), painter.Theme.Accent, 3);
    }
}
