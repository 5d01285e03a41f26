using MidiMuse.Core.Time;
using MidiMuse.Models.Corpus;

namespace MidiMuse.Models.Shards;

/// <summary>A part of a piece whose bar lines tile evenly. Ticks are the source's; the end is exclusive.</summary>
public readonly record struct MeterStretch(long StartTick, long EndTick, Meter Meter)
{
    /// <summary>Source ticks of one grid tick.</summary>
    public const int GridTick = Piece.TicksPerQuarter / GridTime.TicksPerQuarter;

    /// <summary>The stretches of a piece. Signatures whose bar is no whole number of grid ticks are left out.</summary>
    public static IEnumerable<MeterStretch> Of(Piece piece)
    {
        var start = piece.Meters[0];
        for (var i = 1; i <= piece.Meters.Count; i++)
        {
            var end = i < piece.Meters.Count ? piece.Meters[i].Tick : long.MaxValue;
            if (i < piece.Meters.Count && Continues(start, piece.Meters[i]))
                continue;
            if (HasWholeBars(start.Meter))
                yield return new MeterStretch(start.Tick, end, start.Meter);
            if (i < piece.Meters.Count)
                start = piece.Meters[i];
        }
    }

    /// <summary>The nearest grid tick, counted from the stretch's start; it may be negative.</summary>
    public long ToGrid(long sourceTick) => (long)Math.Floor(((sourceTick - StartTick) / (double)GridTick) + 0.5);

    private static bool Continues(MeterChange start, MeterChange next) =>
        next.Meter == start.Meter && (next.Tick - start.Tick) % BarTicks(start.Meter) == 0;

    private static long BarTicks(Meter meter) => meter.Numerator * 4L * Piece.TicksPerQuarter / meter.Denominator;

    private static bool HasWholeBars(Meter meter) => meter.Numerator * 4 * GridTime.TicksPerQuarter % meter.Denominator == 0;
}
