using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using MidiMuse.Engine.Parameters;

namespace MidiMuse.Editor.Panels;

/// <summary>The one switch that everybody needs, large.</summary>
internal sealed class ArmButton : ClickableElement
{
    public ArmButton(EditorContext context)
        : base(context) => context.Parameters.Watch(ParameterId.Arm, this);

    public override string Name => "arm";

    public override string Tooltip => "Listens for a motif: the first note you play starts the capture at its bar line.";

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

    protected override void Act() => Context.Parameters.Set(ParameterId.Arm, Context.Parameters.IsOn(ParameterId.Arm) ? 0 : 1);
}
