using System.Runtime.CompilerServices;
using SkiaSharp;

namespace MidiMuse.Editor.Tests.Support;

/// <summary>
/// Compares pictures with the golden ones. Skia's rasteriser differs by a rounding step between processors, so a pixel
/// counts as different from 24 of 255 in any channel on, and a picture from 0.1 % of its pixels on.
/// </summary>
internal static class Pictures
{
    public const int Tolerance = 24;
    private const double MostDifferentShare = 0.001;

    public static void AssertLooksLike(string golden, SKImage image, [CallerFilePath] string source = "")
    {
        var goldenPath = Path.Combine(AppContext.BaseDirectory, "Golden", golden);
        if (Environment.GetEnvironmentVariable("MIDIMUSE_WRITE_GOLDEN") == "1")
            Write(Path.Combine(Path.GetDirectoryName(source)!, "Golden", golden), image);
        else
            Compare(goldenPath, image);
    }

    public static int DifferentPixels(SKImage first, SKImage second, int tolerance)
    {
        using var a = Pixels(first);
        using var b = Pixels(second);
        if (a.Width != b.Width || a.Height != b.Height)
            return int.MaxValue;
        var different = 0;
        var left = a.GetPixelSpan();
        var right = b.GetPixelSpan();
        for (var i = 0; i < left.Length; i += 4)
        {
            if (Math.Abs(left[i] - right[i]) > tolerance || Math.Abs(left[i + 1] - right[i + 1]) > tolerance || Math.Abs(left[i + 2] - right[i + 2]) > tolerance)
                different++;
        }
        return different;
    }

    private static void Compare(string goldenPath, SKImage image)
    {
        using var expected = SKImage.FromEncodedData(goldenPath);
        Assert.True(expected is not null, $"{goldenPath} is missing");
        var different = DifferentPixels(expected, image, Tolerance);
        if (different <= MostDifferentShare * image.Width * image.Height)
            return;
        var actual = Path.ChangeExtension(goldenPath, ".actual.png");
        Write(actual, image);
        Assert.Fail($"{different} of {image.Width * image.Height} pixels differ from {Path.GetFileName(goldenPath)}; what was drawn is in {actual}. "
            + "Where the change is meant, run the tests once with MIDIMUSE_WRITE_GOLDEN=1 and look at the pictures before committing them.");
    }

    private static SKBitmap Pixels(SKImage image)
    {
        var bitmap = new SKBitmap(new SKImageInfo(image.Width, image.Height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        image.ReadPixels(bitmap.Info, bitmap.GetPixels(), bitmap.RowBytes, 0, 0);
        return bitmap;
    }

    private static void Write(string path, SKImage image)
    {
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        using var stream = File.Create(path);
        data.SaveTo(stream);
    }
}
