using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using MidiMuse.Editor.Input;
using MidiMuse.Editor.Popups;
using MidiMuse.Engine.Parameters;
using SkiaSharp;

namespace MidiMuse.Editor.Controls;

/// <summary>One of several named values: a click opens the list, the wheel steps through it.</summary>
internal sealed class MenuTile(EditorContext context, ParameterDefinition definition) : ParameterTile(context, definition)
{
    public override void Arrange(SKRect bounds)
    {
        base.Arrange(bounds);
        ValueArea = new SKRect(bounds.Left + 4, bounds.Top + 20, bounds.Right - 8, bounds.Bottom - 3);
    }

    public override void OnPointerDown(in PointerInput input)
    {
        if (input.Button != PointerButton.Left)
            return;
        if (input.Clicks == 2)
            Reset();
        else
            Activate();
    }

    protected override void Activate()
    {
        var current = (int)Definition.ToPlain(Value);
        var items = new MenuItem[Definition.Steps + 1];
        for (var i = 0; i < items.Length; i++)
        {
            var normalised = Definition.ToNormalised(i);
            items[i] = new MenuItem(Definition.ToText(normalised), () => Context.Parameters.Set(Definition.Id, normalised), i == current);
        }
        Context.Popups.OpenMenu(ValueArea, items);
    }

    protected override void OnDraw(Painter painter)
    {
        var theme = painter.Theme;
        painter.FillRound(ValueArea, 5, IsHovered ? theme.Hover : theme.Raised);
        painter.FillPath(Icons.ChevronDown, ValueArea.Right - 16, ValueArea.MidY - 5, 10, theme.Muted);
        painter.Text(Definition.Title, Bounds.Left + 5, Bounds.Top + 10, TextStyle.Small, IsHovered ? theme.Text : theme.Muted, TextAlign.Left, Bounds.Width - 12);
        painter.Text(ValueText, ValueArea.Left + 8, ValueArea.MidY, TextStyle.Strong, theme.Text, TextAlign.Left, ValueArea.Width - 28);
        if (IsFocused && Context.ShowsFocus)
            painter.StrokeRound(ValueArea, 5, theme.Accent, 1.5f);
    }
}
