using SkiaSharp;

namespace MidiMuse.Editor.Drawing;

/// <summary>How a text looks. Sizes are logical pixels.</summary>
public enum TextStyle
{
    Tiny,
    Small,
    Body,
    Strong,
    Heading,
    Title,
}

/// <summary>The bundled font (Inter, SIL Open Font License) in the styles of the editor. One per process.</summary>
internal static class Typefaces
{
    private static readonly SKTypeface Regular = Load("Inter-Regular.otf");

    private static readonly SKTypeface SemiBold = Load("Inter-SemiBold.otf");

    private static readonly SKFont[] Fonts =
    [
        Font(Regular, 9.5f),
        Font(Regular, 11f),
        Font(Regular, 12.5f),
        Font(SemiBold, 12.5f),
        Font(SemiBold, 14f),
        Font(SemiBold, 18f),
    ];

    public static SKFont Of(TextStyle style) => Fonts[(int)style];

    private static SKFont Font(SKTypeface typeface, float size) => new(typeface, size)
    {
        Edging = SKFontEdging.Antialias, // subpixel order is unknown, and screenshots shall be equal everywhere
        Hinting = SKFontHinting.None,
        Subpixel = true,
    };

    private static SKTypeface Load(string name)
    {
        using var stream = typeof(Typefaces).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The font {name} is not in the assembly.");
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data) ?? throw new InvalidOperationException($"The font {name} cannot be read.");
    }
}
