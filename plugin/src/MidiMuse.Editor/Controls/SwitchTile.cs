using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using MidiMuse.Editor.Input;
using MidiMuse.Engine.Parameters;
using SkiaSharp;

namespace MidiMuse.Editor.Controls;

/// <summary>On or off; a click changes it.</summary>
internal sealed class SwitchTile(EditorContext context, ParameterDefinition definition) : ParameterTile(context, definition)
{
    public override void Arrange(SKRect bounds)
    {
        base.Arrange(bounds);
        ValueArea = bounds;
    }

    public override void OnPointerDown(in PointerInput input)
    {
        if (input.Button == PointerButton.Left)
            Activate();
    }

    protected override void Activate() => Context.Parameters.Set(Definition.Id, Value >= 0.5 ? 0 : 1);

    protected override void OnDraw(Painter painter)
    {
        var theme = painter.Theme;
        var isOn = Value >= 0.5;
        var track = SKRect.Create(Bounds.Left + 4, Bounds.Top + 13, 32, 18);
        painter.FillRound(track, 9, isOn ? theme.Accent : IsHovered ? theme.Hover : theme.Raised);
        if (!isOn)
            painter.StrokeRound(track, 9, theme.Faint);
        painter.FillCircle(isOn ? track.Right - 9 : track.Left + 9, track.MidY, 6, isOn ? theme.OnAccent : theme.Muted);
        DrawTitle(painter, Bounds.Left + 44, Bounds.Width - 46);
        DrawValue(painter, Bounds.Left + 44, Bounds.Width - 46);
        DrawFocus(painter);
    }
}
