using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using MidiMuse.Editor.Input;
using MidiMuse.Engine.Parameters;
using SkiaSharp;

namespace MidiMuse.Editor.Controls;

/// <summary>A momentary parameter: on while it is pressed.</summary>
internal sealed class ButtonTile(EditorContext context, ParameterDefinition definition) : ParameterTile(context, definition)
{
    private bool _isPressed;

    public override void OnPointerDown(in PointerInput input)
    {
        if (input.Button != PointerButton.Left)
            return;
        _isPressed = true;
        Context.Parameters.Begin(Definition.Id);
        Context.Parameters.Perform(Definition.Id, 1);
        Invalidate();
    }

    public override void OnPointerUp(in PointerInput input)
    {
        base.OnPointerUp(input);
        if (!_isPressed)
            return;
        _isPressed = false;
        Context.Parameters.Perform(Definition.Id, 0);
        Context.Parameters.End(Definition.Id);
        Invalidate();
    }

    public override bool OnWheel(in WheelInput input) => false;

    protected override void Activate()
    {
        Context.Parameters.Begin(Definition.Id);
        Context.Parameters.Perform(Definition.Id, 1);
        Context.Parameters.Perform(Definition.Id, 0);
        Context.Parameters.End(Definition.Id);
    }

    protected override void OnDraw(Painter painter)
    {
        var theme = painter.Theme;
        var face = new SKRect(Bounds.Left + 4, Bounds.Top + 9, Bounds.Right - 8, Bounds.Bottom - 9);
        painter.FillRound(face, 5, _isPressed ? theme.Accent : IsHovered ? theme.Hover : theme.Raised);
        painter.Text(Definition.Title, face.MidX, face.MidY, TextStyle.Strong, _isPressed ? theme.OnAccent : theme.Text, TextAlign.Centre, face.Width - 12);
        if (IsFocused && Context.ShowsFocus)
            painter.StrokeRound(face, 5, theme.Accent, 1.5f);
    }
}
