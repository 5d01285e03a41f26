using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Elements;
using SkiaSharp;

namespace MidiMuse.Editor.Popups;

/// <summary>A few words beside the thing that the pointer rests on.</summary>
internal sealed class TooltipBox : Element
{
    private const float LineHeight = 16;
    private const float LargestWidth = 330;

    private readonly List<string> _lines = [];

    public TooltipBox(EditorContext context, string text, SKRect anchor, SKRect view)
        : base(context)
    {
        foreach (var paragraph in text.Split('\n'))
            Wrap(paragraph);
        var font = Typefaces.Of(TextStyle.Small);
        var width = _lines.Max(line => font.MeasureText(line)) + 18;
        var height = (_lines.Count * LineHeight) + 10;
        var top = anchor.Bottom + 6 + height < view.Bottom ? anchor.Bottom + 6 : anchor.Top - 6 - height;
        Arrange(SKRect.Create(Math.Max(4, Math.Min(anchor.Left, view.Right - width - 4)), Math.Max(4, top), width, height));
    }

    protected override void OnDraw(Painter painter)
    {
        var theme = painter.Theme;
        painter.FillRound(Bounds, 5, theme.Text);
        for (var i = 0; i < _lines.Count; i++)
            painter.Text(_lines[i], Bounds.Left + 9, Bounds.Top + 5 + (LineHeight * (i + 0.5f)), TextStyle.Small, theme.Panel);
    }

    private void Wrap(string paragraph)
    {
        var font = Typefaces.Of(TextStyle.Small);
        var line = "";
        foreach (var word in paragraph.Split(' '))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && font.MeasureText(longer) > LargestWidth)
            {
                _lines.Add(line);
                longer = word;
            }
            line = longer;
        }
        _lines.Add(line);
    }
}
