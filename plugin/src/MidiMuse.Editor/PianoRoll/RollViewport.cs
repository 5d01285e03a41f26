using SkiaSharp;

namespace MidiMuse.Editor.PianoRoll;

/// <summary>What part of the music the piano roll shows, and how large. Positions are project ppq.</summary>
internal sealed class RollViewport
{
    public const float SmallestRow = 6;
    public const float LargestRow = 28;
    public const float SmallestQuarter = 4;
    public const float LargestQuarter = 400;

    private const double LowestPitch = 0;
    private const double HighestPitch = 128;

    /// <summary>Where the notes are, in logical pixels.</summary>
    public SKRect Area { get; set; }

    public double StartPpq { get; private set; }

    public float PixelsPerQuarter { get; private set; } = 40;

    /// <summary>The pitch at the upper edge, with fraction: row p lies between p and p + 1.</summary>
    public double TopPitch { get; private set; } = 84;

    public float RowHeight { get; private set; } = 12;

    public double EndPpq => StartPpq + (Area.Width / PixelsPerQuarter);

    public double BottomPitch => TopPitch - (Area.Height / RowHeight);

    public float X(double ppq) => Area.Left + (float)((ppq - StartPpq) * PixelsPerQuarter);

    public double Ppq(float x) => StartPpq + ((x - Area.Left) / PixelsPerQuarter);

    /// <summary>Upper edge of a pitch's row.</summary>
    public float Y(int pitch) => Area.Top + (float)((TopPitch - pitch - 1) * RowHeight);

    public int Pitch(float y) => (int)Math.Clamp(Math.Floor(TopPitch - ((y - Area.Top) / RowHeight)), 0, 127);

    /// <summary>Shows a stretch of music with a margin, and its pitches in the middle.</summary>
    public void Fit(double startPpq, double endPpq, int lowestPitch, int highestPitch)
    {
        if (Area.Width <= 0 || Area.Height <= 0)
            return;
        PixelsPerQuarter = (float)Math.Clamp(Area.Width / Math.Max(1, endPpq - startPpq), SmallestQuarter, LargestQuarter);
        StartPpq = startPpq;
        var rows = Math.Max(24, highestPitch - lowestPitch + 7);
        RowHeight = Math.Clamp(Area.Height / rows, SmallestRow, 18);
        TopPitch = ((lowestPitch + highestPitch + 1) / 2.0) + (Area.Height / RowHeight / 2);
        Limit();
    }

    public void ZoomTime(float x, double factor)
    {
        var fixedPpq = Ppq(x);
        PixelsPerQuarter = (float)Math.Clamp(PixelsPerQuarter * factor, SmallestQuarter, LargestQuarter);
        StartPpq = fixedPpq - ((x - Area.Left) / PixelsPerQuarter);
    }

    public void ZoomPitch(float y, double factor)
    {
        var fixedPitch = TopPitch - ((y - Area.Top) / RowHeight);
        RowHeight = (float)Math.Clamp(RowHeight * factor, SmallestRow, LargestRow);
        TopPitch = fixedPitch + ((y - Area.Top) / RowHeight);
        Limit();
    }

    public void ScrollTime(double pixels) => StartPpq += pixels / PixelsPerQuarter;

    public void ScrollPitch(double rows)
    {
        TopPitch += rows;
        Limit();
    }

    public void ShowFrom(double ppq) => StartPpq = ppq;

    private void Limit()
    {
        var rows = Area.Height / RowHeight;
        TopPitch = rows >= HighestPitch ? HighestPitch + ((rows - HighestPitch) / 2) : Math.Clamp(TopPitch, LowestPitch + rows, HighestPitch);
    }
}
