using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using MidiMuse.Editor.Input;
using MidiMuse.Engine.Parameters;

namespace MidiMuse.Editor.Panels;

/// <summary>The one switch that everybody needs, large.</summary>
internal sealed class ArmButton : Element
{
    public ArmButton(EditorContext context)
        : base(context) => context.Parameters.Watch(ParameterId.Arm, this);

    public override string Name => "arm";

    public override string Tooltip => "Listens for a motif: the first note you play starts the capture at its bar line.";

    public override bool IsFocusable => true;

    public override void OnPointerDown(in PointerInput input)
    {
        if (input.Button == PointerButton.Left)
            Toggle();
    }

    public override bool OnKey(in KeyInput input)
    {
        if (input.Key is not (EditorKey.Enter or EditorKey.Space))
            return false;
        Toggle();
        return true;
    }

    protected override void OnDraw(Painter painter)
    {
        var theme = painter.Theme;
        var isOn = Context.Parameters.IsOn(ParameterId.Arm);
        painter.FillRound(Bounds, 6, isOn ? theme.Accent : IsHovered ? theme.Hover : theme.Raised);
        var color = isOn ? theme.OnAccent : theme.Text;
        if (isOn)
            painter.FillCircle(Bounds.Left + 20, Bounds.MidY, 6, color);
        else
            painter.StrokeCircle(Bounds.Left + 20, Bounds.MidY, 5.5f, theme.Muted, 2);
        painter.Text(isOn ? "Armed" : "Arm", Bounds.Left + 34, Bounds.MidY, TextStyle.Strong, color);
        DrawFocus(painter, 6);
    }

    private void Toggle() => Context.Parameters.Set(ParameterId.Arm, Context.Parameters.IsOn(ParameterId.Arm) ? 0 : 1);
}
