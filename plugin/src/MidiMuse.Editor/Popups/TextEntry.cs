using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using MidiMuse.Editor.Input;
using SkiaSharp;

namespace MidiMuse.Editor.Popups;

/// <summary>A line of text: typed values, chords, plain words.</summary>
internal sealed class TextEntry : Element
{
    private const int MaximumLength = 500;

    private readonly Action<string> _commit;
    private string _text;
    private int _caret;
    private bool _isAllSelected = true;

    public TextEntry(EditorContext context, SKRect place, string text, Action<string> commit, SKRect view)
        : base(context)
    {
        _text = text;
        _caret = text.Length;
        _commit = commit;
        var width = Math.Max(place.Width, 90);
        var height = Math.Max(place.Height, 22);
        Arrange(SKRect.Create(
            Math.Clamp(place.Left, view.Left + 4, Math.Max(view.Left + 4, view.Right - width - 4)),
            Math.Clamp(place.MidY - (height / 2), view.Top + 4, Math.Max(view.Top + 4, view.Bottom - height - 4)),
            width,
            height));
    }

    public override string Name => "textEntry";

    public override bool IsFocusable => true;

    public string Text => _text;

    public override void OnPointerDown(in PointerInput input)
    {
        _isAllSelected = false;
        _caret = CaretAt(input.X);
        Invalidate();
    }

    public override bool OnKey(in KeyInput input)
    {
        Invalidate();
        switch (input.Key)
        {
            case EditorKey.Enter:
                Context.Popups.Close();
                _commit(_text);
                return true;
            case EditorKey.Backspace:
                Erase(_caret - 1);
                return true;
            case EditorKey.Delete:
                Erase(_caret);
                return true;
            case EditorKey.Left or EditorKey.Right or EditorKey.Home or EditorKey.End:
                MoveCaret(input.Key);
                return true;
            case EditorKey.Space:
                Insert(' ');
                return true;
            case EditorKey.None when input.Control:
                _isAllSelected |= char.ToLowerInvariant(input.Character) == 'a';
                return true;
            case EditorKey.None when input.Character >= ' ':
                Insert(input.Character);
                return true;
            default:
                return false;
        }
    }

    protected override void OnDraw(Painter painter)
    {
        var theme = painter.Theme;
        painter.FillRound(Bounds, 4, theme.Window);
        painter.StrokeRound(Bounds, 4, theme.Accent, 1.5f);
        painter.PushClip(SKRect.Inflate(Bounds, -4, -2));
        var left = Bounds.Left + 7 - Scroll(painter);
        var width = painter.TextWidth(_text, TextStyle.Strong);
        if (_isAllSelected && _text.Length > 0)
            painter.Fill(new SKRect(left - 1, Bounds.Top + 4, left + width + 1, Bounds.Bottom - 4), theme.Accent.WithAlpha(90));
        painter.Text(_text, left, Bounds.MidY, TextStyle.Strong, theme.Text);
        var caret = left + Measure(_caret);
        painter.Line(caret, Bounds.Top + 4, caret, Bounds.Bottom - 4, theme.Text, 1.2f);
        painter.PopClip();
    }

    private float Scroll(Painter painter) => Math.Max(0, painter.TextWidth(_text[.._caret], TextStyle.Strong) - (Bounds.Width - 16));

    private float Measure(int length) => Typefaces.Of(TextStyle.Strong).MeasureText(_text.AsSpan(0, length));

    private int CaretAt(float x)
    {
        var length = 0;
        while (length < _text.Length && Bounds.Left + 7 + Measure(length + 1) < x + 3)
            length++;
        return length;
    }

    private void Insert(char character)
    {
        if (_isAllSelected)
            (_text, _caret) = ("", 0);
        _isAllSelected = false;
        if (_text.Length >= MaximumLength)
            return;
        _text = _text.Insert(_caret++, character.ToString());
    }

    private void Erase(int index)
    {
        if (_isAllSelected)
        {
            (_text, _caret, _isAllSelected) = ("", 0, false);
            return;
        }
        if (index < 0 || index >= _text.Length)
            return;
        _text = _text.Remove(index, 1);
        _caret = index;
    }

    private void MoveCaret(EditorKey key)
    {
        _isAllSelected = false;
        _caret = key switch
        {
            EditorKey.Left => Math.Max(0, _caret - 1),
            EditorKey.Right => Math.Min(_text.Length, _caret + 1),
            EditorKey.Home => 0,
            _ => _text.Length,
        };
    }
}
