using SkiaSharp;

namespace MidiMuse.Editor.Drawing;

/// <summary>Small pictures in a square from 0,0 to 1,1.</summary>
internal static class Icons
{
    public static readonly SKPath ChevronDown = Filled("M0.12 0.35 L0.5 0.73 L0.88 0.35 L0.78 0.25 L0.5 0.53 L0.22 0.25 Z");

    public static readonly SKPath ChevronUp = Filled("M0.12 0.65 L0.5 0.27 L0.88 0.65 L0.78 0.75 L0.5 0.47 L0.22 0.75 Z");

    public static readonly SKPath Check = Filled("M0.1 0.52 L0.38 0.8 L0.92 0.24 L0.82 0.14 L0.38 0.6 L0.2 0.42 Z");

    public static readonly SKPath Undo = Filled("M0.40 0.12 L0.40 0.30 C0.75 0.30 0.95 0.50 0.95 0.86 C0.83 0.62 0.68 0.55 0.40 0.55 L0.40 0.74 L0.05 0.43 Z");

    public static readonly SKPath Redo = Filled("M0.60 0.12 L0.60 0.30 C0.25 0.30 0.05 0.50 0.05 0.86 C0.17 0.62 0.32 0.55 0.60 0.55 L0.60 0.74 L0.95 0.43 Z");

    public static readonly SKPath Sun = Filled(SunData());

    public static readonly SKPath Moon = Filled("M0.55 0.06 A0.44 0.44 0 1 0 0.94 0.62 A0.36 0.36 0 0 1 0.55 0.06 Z");

    public static readonly SKPath Star = Filled(StarData());

    public static readonly SKPath Drag = Filled("M0.44 0.05 L0.56 0.05 L0.56 0.52 L0.72 0.36 L0.81 0.45 L0.5 0.76 L0.19 0.45 L0.28 0.36 L0.44 0.52 Z M0.05 0.84 L0.95 0.84 L0.95 0.95 L0.05 0.95 Z");

    public static readonly SKPath Lock = Filled("M0.18 0.45 L0.28 0.45 L0.28 0.32 A0.22 0.22 0 0 1 0.72 0.32 L0.72 0.45 L0.82 0.45 L0.82 0.92 L0.18 0.92 Z M0.38 0.45 L0.62 0.45 L0.62 0.32 A0.12 0.12 0 0 0 0.38 0.32 Z");

    public static readonly SKPath Play = Filled("M0.2 0.1 L0.88 0.5 L0.2 0.9 Z");

    public static readonly SKPath Save = Filled("M0.1 0.1 L0.74 0.1 L0.9 0.26 L0.9 0.9 L0.1 0.9 Z M0.28 0.18 L0.28 0.4 L0.66 0.4 L0.66 0.18 Z M0.26 0.56 L0.26 0.82 L0.74 0.82 L0.74 0.56 Z");

    private static SKPath Filled(string data)
    {
        var path = SKPath.ParseSvgPathData(data);
        path.FillType = SKPathFillType.EvenOdd;
        return path;
    }

    private static string StarData()
    {
        var points = Enumerable.Range(0, 10).Select(i =>
        {
            var (sin, cos) = MathF.SinCos((i * MathF.PI / 5) - (MathF.PI / 2));
            var radius = i % 2 == 0 ? 0.48f : 0.2f;
            return FormattableString.Invariant($"{0.5f + (cos * radius):0.000} {0.52f + (sin * radius):0.000}");
        });
        return $"M{string.Join(" L", points)} Z";
    }

    private static string SunData()
    {
        var rays = Enumerable.Range(0, 8).Select(i =>
        {
            var (sin, cos) = MathF.SinCos(i * MathF.PI / 4);
            string Point(float along, float across) =>
                FormattableString.Invariant($"{0.5f + (cos * along) - (sin * across):0.000} {0.5f + (sin * along) + (cos * across):0.000}");
            return $"M{Point(0.34f, -0.045f)} L{Point(0.49f, -0.045f)} L{Point(0.49f, 0.045f)} L{Point(0.34f, 0.045f)} Z";
        });
        return $"M0.28 0.5 A0.22 0.22 0 1 0 0.72 0.5 A0.22 0.22 0 1 0 0.28 0.5 Z {string.Join(" ", rays)}";
    }
}
