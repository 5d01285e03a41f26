using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using MidiMuse.Editor.Input;

namespace MidiMuse.Editor.Panels;

/// <summary>Say in words how the answer shall be; what was understood and what not stands there afterwards.</summary>
internal sealed class WordsField(EditorContext context) : Element(context)
{
    private const string Invitation = "Say it in words: darker, sparser, walking bass in D minor";

    private string _reply = "";
    private string _said = "";

    public override string Name => "words";

    public override string Tooltip => _reply.Length > 0 ? _reply : Invitation;

    public override bool IsFocusable => true;

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

    /// <summary>The engine has answered.</summary>
    public void Show(string reply)
    {
        _reply = reply;
        Invalidate();
    }

    protected override void OnDraw(Painter painter)
    {
        var theme = painter.Theme;
        painter.FillRound(Bounds, 5, IsHovered ? theme.Hover : theme.Raised);
        var text = _reply.Length > 0 ? _reply : Invitation;
        painter.Text(text, Bounds.Left + 10, Bounds.MidY, TextStyle.Small, _reply.Length > 0 ? theme.Text : theme.Muted, TextAlign.Left, Bounds.Width - 20);
        DrawFocus(painter);
    }

    private void Edit() => Context.Popups.OpenTextEntry(Bounds, _said, words =>
    {
        if (words.Length == 0)
            return;
        _said = words;
        Show("…");
        Context.Actions.Say(words);
    });
}
