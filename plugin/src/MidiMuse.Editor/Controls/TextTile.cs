using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using MidiMuse.Engine.Parameters;
using SkiaSharp;

namespace MidiMuse.Editor.Controls;

/// <summary>A setting that is words, such as the chord lane: a click opens a line to type in.</summary>
internal sealed class TextTile(EditorContext context, TextDefinition definition) : ClickableElement(context)
{
    private readonly TextSetting _setting = new(context, definition);

    public override string Name => $"text:{_setting.Definition.Key}";

    public override string Tooltip => _setting.Definition.Help;

    private SKRect Field => new(Bounds.Left + 4, Bounds.Top + 20, Bounds.Right - 8, Bounds.Bottom - 3);

    public override void OnModelChanged() => Invalidate();

    protected override void OnDraw(Painter painter)
    {
        var theme = painter.Theme;
        var isFaulty = _setting.Problem.Length > 0;
        painter.Text(isFaulty ? _setting.Problem : _setting.Definition.Title, Bounds.Left + 5, Bounds.Top + 10, TextStyle.Small, isFaulty ? theme.Error : theme.Muted, TextAlign.Left, Bounds.Width - 12);
        painter.FillRound(Field, 5, IsHovered ? theme.Hover : theme.Raised);
        var text = _setting.Text;
        painter.Text(
            text.Length > 0 ? text : _setting.Definition.Help, Field.Left + 8, Field.MidY, text.Length > 0 ? TextStyle.Strong : TextStyle.Small, text.Length > 0 ? theme.Text : theme.Faint, TextAlign.Left, Field.Width - 16);
        DrawFocus(painter);
    }

    protected override void Act() => _setting.Edit(Field, _ => Invalidate());
}
