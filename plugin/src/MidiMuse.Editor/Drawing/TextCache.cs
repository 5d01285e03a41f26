using SkiaSharp;

namespace MidiMuse.Editor.Drawing;

/// <summary>A text that has been shaped: drawing it again allocates nothing.</summary>
internal sealed class ShapedText(SKTextBlob? blob, float width)
{
    /// <summary>Null where there is nothing to see.</summary>
    public SKTextBlob? Blob { get; } = blob;

    public float Width { get; } = width;
}

/// <summary>Shaped texts by content and style. [ui], one per view.</summary>
internal sealed class TextCache : IDisposable
{
    /// <summary>Far more than is on the screen at once; what is thrown away is shaped again when it is needed.</summary>
    private const int Capacity = 2048;

    private readonly Dictionary<(string Text, TextStyle Style), ShapedText> _shaped = [];
    private readonly Dictionary<(string Text, TextStyle Style, int Width), string> _fitted = [];

    public ShapedText Shape(string text, TextStyle style)
    {
        if (_shaped.TryGetValue((text, style), out var shaped))
            return shaped;
        if (_shaped.Count >= Capacity)
            Clear();
        var font = Typefaces.Of(style);
        shaped = new ShapedText(SKTextBlob.Create(text, font), font.MeasureText(text));
        _shaped.Add((text, style), shaped);
        return shaped;
    }

    /// <summary>The text, or as much of it as fits with an ellipsis.</summary>
    public string Fit(string text, TextStyle style, float width)
    {
        if (Shape(text, style).Width <= width)
            return text;
        var key = (text, style, (int)width);
        if (_fitted.TryGetValue(key, out var fitted))
            return fitted;
        if (_fitted.Count >= Capacity)
            _fitted.Clear();
        var font = Typefaces.Of(style);
        var length = text.Length - 1;
        while (length > 0 && font.MeasureText(string.Concat(text.AsSpan(0, length).TrimEnd(), "…")) > width)
            length--;
        fitted = length > 0 ? string.Concat(text.AsSpan(0, length).TrimEnd(), "…") : "";
        _fitted.Add(key, fitted);
        return fitted;
    }

    public void Dispose() => Clear();

    private void Clear()
    {
        foreach (var shaped in _shaped.Values)
            shaped.Blob?.Dispose();
        _shaped.Clear();
    }
}
