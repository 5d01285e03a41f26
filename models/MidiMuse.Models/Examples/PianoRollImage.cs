using MidiMuse.Core.Notes;
using MidiMuse.Models.Evaluation;
using SkiaSharp;

namespace MidiMuse.Models.Examples;

/// <summary>Motif and answer as a piano roll: time from left to right, one row a semitone.</summary>
public static class PianoRollImage
{
    private const int PixelsOfBar = 96;

    private const int PixelsOfRow = 5;

    private const int Margin = 8;

    private const int SpareRows = 2;

    private static readonly SKColor Paper = new(0xFA, 0xFA, 0xF7);
    private static readonly SKColor BlackKey = new(0xEC, 0xEC, 0xE8);
    private static readonly SKColor BarLine = new(0xB4, 0xB4, 0xB0);
    private static readonly SKColor MotifNote = new(0x4A, 0x5A, 0x6A);
    private static readonly SKColor AnswerNote = new(0xC8, 0x5A, 0x1E);

    /// <returns>PNG.</returns>
    public static byte[] Draw(Excerpt excerpt, IReadOnlyList<GridNote> answer)
    {
        var notes = excerpt.Prime.Concat(answer).ToList();
        var (lowest, highest) = (notes.Min(n => n.Pitch) - SpareRows, notes.Max(n => n.Pitch) + SpareRows);
        var barTicks = excerpt.Context.Meter.BarTicks;
        var bars = (int)(excerpt.EndTick / barTicks);
        var (width, height) = ((bars * PixelsOfBar) + (2 * Margin), ((highest - lowest + 1) * PixelsOfRow) + (2 * Margin));

        using var surface = SKSurface.Create(new SKImageInfo(width, height));
        var canvas = surface.Canvas;
        canvas.Clear(Paper);
        using var paint = new SKPaint();
        for (var pitch = lowest; pitch <= highest; pitch++)
        {
            if (pitch % 12 is 1 or 3 or 6 or 8 or 10)
                Fill(BlackKey, Margin, Top(pitch), width - Margin, Top(pitch) + PixelsOfRow);
        }
        for (var bar = 0; bar <= bars; bar++)
            Fill(BarLine, Left(bar * (long)barTicks), Margin, Left(bar * (long)barTicks) + (bar == Excerpt.Bars ? 3 : 1), height - Margin);
        foreach (var note in notes)
        {
            var end = Math.Min(note.EndTick, excerpt.EndTick);
            Fill(note.OnsetTick < excerpt.PrimeTicks ? MotifNote : AnswerNote, Left(note.OnsetTick), Top(note.Pitch), Math.Max(Left(note.OnsetTick) + 2, Left(end) - 1), Top(note.Pitch) + PixelsOfRow);
        }
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();

        float Left(long tick) => Margin + (tick * PixelsOfBar / (float)barTicks);

        float Top(int pitch) => Margin + ((highest - pitch) * PixelsOfRow);

        void Fill(SKColor color, float left, float top, float right, float bottom)
        {
            paint.Color = color;
            canvas.DrawRect(new SKRect(left, top, right, bottom), paint);
        }
    }
}
