using SkiaSharp;

namespace MidiMuse.Editor;

/// <summary>The editor as a PNG, without a window or a display.</summary>
public static class EditorPicture
{
    /// <param name="width">Logical pixels.</param>
    /// <param name="height">Logical pixels.</param>
    /// <param name="scale">Physical pixels a logical one.</param>
    public static void Save(EditorView view, int width, int height, double scale, Stream stream)
    {
        using var image = Draw(view, width, height, scale);
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        data.SaveTo(stream);
    }

    public static SKImage Draw(EditorView view, int width, int height, double scale)
    {
        ArgumentNullException.ThrowIfNull(view);
        var (widthPixels, heightPixels) = ((int)Math.Round(width * scale), (int)Math.Round(height * scale));
        using var surface = SKSurface.Create(new SKImageInfo(widthPixels, heightPixels, SKColorType.Bgra8888, SKAlphaType.Opaque));
        view.Resize(widthPixels, heightPixels, scale);
        view.Draw(surface.Canvas);
        return surface.Snapshot();
    }
}
