using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using SkiaSharp;

namespace MidiMuse.Editor.Controls;

/// <summary>One of a row of pages.</summary>
internal sealed class TabButton(EditorContext context, string title, Action select) : ClickableElement(context)
{
    private bool _isSelected;

    public override string Name => $"tab:{title}";

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

    protected override void OnDraw(Painter painter)
    {
        var theme = painter.Theme;
        var color = IsSelected || IsHovered ? theme.Text : theme.Muted;
        painter.Text(title, Bounds.MidX, Bounds.MidY, TextStyle.Strong, color, TextAlign.Centre);
        if (IsSelected)
            painter.FillRound(new SKRect(Bounds.Left + 10, Bounds.Bottom - 3, Bounds.Right - 10, Bounds.Bottom), 1.5f, theme.Accent);
        DrawFocus(painter);
    }

    protected override void Act() => select();
}
