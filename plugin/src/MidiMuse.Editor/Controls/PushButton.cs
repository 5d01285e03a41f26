using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using MidiMuse.Editor.Input;
using SkiaSharp;

namespace MidiMuse.Editor.Controls;

/// <summary>A button with a text, an icon or both; it acts when it is released on.</summary>
internal sealed class PushButton(EditorContext context, string name, string text, SKPath? icon, string tooltip, Action press) : Element(context)
{
    private bool _isPressed;
    private bool _isEnabled = true;
    private string _text = text;

    public override string Name => name;

    public override string Tooltip => tooltip;

    public override bool IsFocusable => IsEnabled;

    public override bool IsInteractive => true;

    public bool IsEnabled
    {
        get => _isEnabled;
        set
        {
            if (_isEnabled == value)
                return;
            _isEnabled = value;
            Invalidate();
        }
    }

    /// <summary>Stands out: the thing to do now.</summary>
    public bool IsPrimary { get; set; }

    public string Text
    {
        get => _text;
        set
        {
            if (_text == value)
                return;
            _text = value;
            Invalidate();
        }
    }

    public SKPath? Icon { get; set; } = icon;

    public float PreferredWidth => (Icon is null ? 12 : 26) + (_text.Length == 0 ? 4 : Typefaces.Of(TextStyle.Strong).MeasureText(_text) + 14);

    public override void OnPointerDown(in PointerInput input)
    {
        if (input.Button != PointerButton.Left || !IsEnabled)
            return;
        _isPressed = true;
        Invalidate();
    }

    public override void OnPointerUp(in PointerInput input)
    {
        if (!_isPressed)
            return;
        _isPressed = false;
        Invalidate();
        if (Bounds.Contains(input.X, input.Y))
            press();
    }

    public override bool OnKey(in KeyInput input)
    {
        if (!IsEnabled || input.Key is not (EditorKey.Enter or EditorKey.Space))
            return false;
        press();
        return true;
    }

    protected override void OnDraw(Painter painter)
    {
        var theme = painter.Theme;
        var isFilled = IsPrimary && IsEnabled;
        var face = _isPressed || (IsHovered && IsEnabled) ? theme.Hover : theme.Raised;
        painter.FillRound(Bounds, 5, isFilled && !IsHovered ? theme.Accent : isFilled ? theme.Accent.WithAlpha(220) : face);
        var color = !IsEnabled ? theme.Faint : isFilled ? theme.OnAccent : theme.Text;
        var textWidth = _text.Length == 0 ? 0 : painter.TextWidth(_text, TextStyle.Strong);
        var contentWidth = textWidth + (Icon is null ? 0 : 14) + (Icon is not null && textWidth > 0 ? 6 : 0);
        var x = Bounds.MidX - (contentWidth / 2);
        if (Icon is not null)
        {
            painter.FillPath(Icon, x, Bounds.MidY - 7, 14, color);
            x += 20;
        }
        painter.Text(_text, x, Bounds.MidY, TextStyle.Strong, color);
        DrawFocus(painter);
    }
}
