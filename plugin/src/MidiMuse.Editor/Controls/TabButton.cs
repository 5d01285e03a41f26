using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using MidiMuse.Editor.Input;
using SkiaSharp;

namespace MidiMuse.Editor.Controls;

/// <summary>One of a row of pages.</summary>
internal sealed class TabButton(EditorContext context, string title, Action select) : Element(context)
{
    private bool _isSelected;

    public override string Name => $"tab:{title}";

    public override bool IsFocusable => true;

    public float PreferredWidth { get; } = Typefaces.Of(TextStyle.Strong).MeasureText(title) + 24;

    public bool IsSelected
    {
        get => _isSelected;
        set
        {
            _isSelected = value;
            Invalidate();
        }
    }

    public override void OnPointerDown(in PointerInput input)
    {
        if (input.Button == PointerButton.Left)
            select();
    }

    public override bool OnKey(in KeyInput input)
    {
        if (input.Key is not (EditorKey.Enter or EditorKey.Space))
            return false;
        select();
        return true;
    }

    protected override void OnDraw(Painter painter)
    {
        var theme = painter.Theme;
        var color = IsSelected || IsHovered ? theme.Text : theme.Muted;
        painter.Text(title, Bounds.MidX, Bounds.MidY, TextStyle.Strong, color, TextAlign.Centre);
        if (IsSelected)
            painter.FillRound(new SKRect(Bounds.Left + 10, Bounds.Bottom - 3, Bounds.Right - 10, Bounds.Bottom), 1.5f, theme.Accent);
        DrawFocus(painter);
    }
}
