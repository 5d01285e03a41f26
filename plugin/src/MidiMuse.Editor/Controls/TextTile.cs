using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using MidiMuse.Editor.Input;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.Parameters;
using SkiaSharp;

namespace MidiMuse.Editor.Controls;

/// <summary>A setting that is words, such as the chord lane: a click opens a line to type in.</summary>
internal sealed class TextTile(EditorContext context, TextDefinition definition) : Element(context)
{
    private string _problem = "";

    public override string Name => $"text:{definition.Key}";

    public override string Tooltip => definition.Help;

    public override bool IsFocusable => true;

    private SKRect Field => new(Bounds.Left + 4, Bounds.Top + 20, Bounds.Right - 8, Bounds.Bottom - 3);

    private string Text => Context.Model.Instance.Texts.GetValueOrDefault(definition.Key, "");

    public override void OnModelChanged() => Invalidate();

    public override void OnPointerDown(in PointerInput input)
    {
        if (input.Button == PointerButton.Left)
            Edit();
    }

    public override bool OnKey(in KeyInput input)
    {
        if (input.Key is not (EditorKey.Enter or EditorKey.Space))
            return false;
        Edit();
        return true;
    }

    protected override void OnDraw(Painter painter)
    {
        var theme = painter.Theme;
        var isFaulty = _problem.Length > 0;
        painter.Text(isFaulty ? _problem : definition.Title, Bounds.Left + 5, Bounds.Top + 10, TextStyle.Small, isFaulty ? theme.Error : theme.Muted, TextAlign.Left, Bounds.Width - 12);
        painter.FillRound(Field, 5, IsHovered ? theme.Hover : theme.Raised);
        var text = Text;
        painter.Text(
            text.Length > 0 ? text : definition.Help, Field.Left + 8, Field.MidY, text.Length > 0 ? TextStyle.Strong : TextStyle.Small, text.Length > 0 ? theme.Text : theme.Faint, TextAlign.Left, Field.Width - 16);
        DrawFocus(painter);
    }

    private void Edit() => Context.Popups.OpenTextEntry(Field, Text, text =>
    {
        _problem = text.Length == 0 ? "" : definition.Problem(text) ?? "";
        if (_problem.Length == 0)
            Context.Actions.Post(new SetText(definition.Key, text));
        Invalidate();
    });
}
