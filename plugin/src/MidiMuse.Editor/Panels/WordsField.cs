using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;

namespace MidiMuse.Editor.Panels;

/// <summary>Say in words how the answer shall be; what was understood and what not stands there afterwards.</summary>
internal sealed class WordsField(EditorContext context) : ClickableElement(context)
{
    private const string Invitation = "Say it in words: darker, sparser, walking bass in D minor";

    private string _reply = "";
    private string _said = "";

    public override string Name => "words";

    public override string Tooltip => _reply.Length > 0 ? _reply : Invitation;

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

    protected override void Act() => Context.Popups.OpenTextEntry(Bounds, _said, words =>
    {
        if (words.Length == 0)
            return;
        _said = words;
        Show("…");
        Context.Actions.Say(words);
    });
}
