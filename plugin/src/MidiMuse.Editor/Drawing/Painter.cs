using SkiaSharp;

namespace MidiMuse.Editor.Drawing;

internal enum TextAlign
{
    Left,
    Centre,
    Right,
}

/// <summary>
/// What elements draw with: a canvas, a theme, and two paints that are used again and again, so that a frame leaves
/// nothing for the garbage collector. Coordinates are logical pixels. [ui], one per view.
/// </summary>
internal sealed class Painter : IDisposable
{
    private readonly SKPaint _fill = new() { IsAntialias = true };
    private readonly SKPaint _stroke = new() { IsAntialias = true, IsStroke = true };
    private readonly SKPaint _hatch = new() { IsAntialias = true };
    private readonly SKShader _hatchShader = HatchShader();
    private SKCanvas? _canvas;

    public Painter() => _hatch.Shader = _hatchShader;

    public TextCache Texts { get; } = new();

    public Theme Theme { get; private set; } = Theme.Dark;

    /// <summary>What has to be drawn of the view.</summary>
    public SKRect Clip { get; private set; }

    public SKCanvas Canvas => _canvas ?? throw new InvalidOperationException("Nothing is being drawn.");

    public void Begin(SKCanvas canvas, Theme theme, SKRect clip)
    {
        _canvas = canvas;
        Theme = theme;
        Clip = clip;
    }

    public void End() => _canvas = null;

    /// <summary>False where a rectangle lies outside of what has to be drawn.</summary>
    public bool IsDamaged(in SKRect rect) => Clip.IntersectsWith(rect);

    public void Fill(in SKRect rect, SKColor color)
    {
        _fill.Color = color;
        _fill.IsAntialias = false;
        Canvas.DrawRect(rect, _fill);
        _fill.IsAntialias = true;
    }

    public void FillRound(in SKRect rect, float radius, SKColor color)
    {
        _fill.Color = color;
        Canvas.DrawRoundRect(rect, radius, radius, _fill);
    }

    public void StrokeRound(in SKRect rect, float radius, SKColor color, float width = 1)
    {
        Stroke(color, width);
        Canvas.DrawRoundRect(SKRect.Inflate(rect, -width / 2, -width / 2), radius, radius, _stroke);
    }

    /// <summary>Dark diagonal stripes over a rounded rectangle.</summary>
    public void HatchRound(in SKRect rect, float radius, byte alpha)
    {
        _hatch.Color = SKColors.Black.WithAlpha(alpha);
        Canvas.DrawRoundRect(rect, radius, radius, _hatch);
    }

    public void FillCircle(float x, float y, float radius, SKColor color)
    {
        _fill.Color = color;
        Canvas.DrawCircle(x, y, radius, _fill);
    }

    public void StrokeCircle(float x, float y, float radius, SKColor color, float width = 1)
    {
        Stroke(color, width);
        Canvas.DrawCircle(x, y, radius, _stroke);
    }

    public void Line(float x0, float y0, float x1, float y1, SKColor color, float width = 1)
    {
        Stroke(color, width);
        Canvas.DrawLine(x0, y0, x1, y1, _stroke);
    }

    /// <param name="startDegrees">From three o'clock, clockwise.</param>
    public void Arc(in SKRect oval, float startDegrees, float sweepDegrees, SKColor color, float width)
    {
        Stroke(color, width);
        _stroke.StrokeCap = SKStrokeCap.Round;
        Canvas.DrawArc(oval, startDegrees, sweepDegrees, false, _stroke);
        _stroke.StrokeCap = SKStrokeCap.Butt;
    }

    public void FillPath(SKPath path, float x, float y, float size, SKColor color)
    {
        _fill.Color = color;
        Canvas.Save();
        Canvas.Translate(x, y);
        Canvas.Scale(size);
        Canvas.DrawPath(path, _fill);
        Canvas.Restore();
    }

    /// <summary>A text that fits into the width or is cut with an ellipsis.</summary>
    /// <param name="x">Left edge, centre or right edge, as aligned.</param>
    /// <param name="middleY">Middle of the capitals.</param>
    public void Text(string text, float x, float middleY, TextStyle style, SKColor color, TextAlign align = TextAlign.Left, float maxWidth = float.MaxValue)
    {
        if (text.Length == 0)
            return;
        var fitted = maxWidth == float.MaxValue ? text : Texts.Fit(text, style, maxWidth);
        var shaped = Texts.Shape(fitted, style);
        if (shaped.Blob is null)
            return;
        var left = align switch
        {
            TextAlign.Centre => x - (shaped.Width / 2),
            TextAlign.Right => x - shaped.Width,
            _ => x,
        };
        _fill.Color = color;
        Canvas.DrawText(shaped.Blob, left, middleY + CapMiddle(style), _fill);
    }

    public float TextWidth(string text, TextStyle style) => Texts.Shape(text, style).Width;

    public void PushClip(in SKRect rect)
    {
        Canvas.Save();
        Canvas.ClipRect(rect);
    }

    public void PopClip() => Canvas.Restore();

    public void Dispose()
    {
        Texts.Dispose();
        _fill.Dispose();
        _stroke.Dispose();
        _hatch.Dispose();
        _hatchShader.Dispose();
    }

    /// <summary>From the middle of the capitals down to the baseline; Inter's capitals are 0.727 em high.</summary>
    private static float CapMiddle(TextStyle style) => Typefaces.Of(style).Size * 0.3635f;

    private void Stroke(SKColor color, float width)
    {
        _stroke.Color = color;
        _stroke.StrokeWidth = width;
    }

    /// <summary>Black stripes, one part in two; a paint's alpha tells how dark.</summary>
    private static SKShader HatchShader() => SKShader.CreateLinearGradient(
        new SKPoint(0, 0),
        new SKPoint(3, 3),
        [SKColors.Black, SKColors.Black, SKColors.Transparent, SKColors.Transparent],
        [0, 0.5f, 0.5f, 1],
        SKShaderTileMode.Repeat);
}
