using MidiMuse.Core.Time;

namespace MidiMuse.Core.Rhythm;

/// <summary>Swing: the second half of each pair of notes comes later, at full amount on the last third of the pair.</summary>
public static class Swing
{
    /// <summary>Where a grid tick sounds, in ticks. What stands on triplets stays: it swings already.</summary>
    /// <param name="pairTicks">24 swings eighths, 12 sixteenths.</param>
    /// <param name="amount">0..1.</param>
    public static double Move(long tick, int pairTicks, double amount)
    {
        if (tick % (GridTime.TicksPerQuarter / 4) != 0 && tick % (GridTime.TicksPerQuarter / 6) == 0)
            return tick;
        var pair = Math.Floor(tick / (double)pairTicks) * pairTicks;
        var inPair = (tick - pair) / pairTicks;
        var half = 0.5 + (amount / 6);
        var moved = inPair < 0.5 ? inPair * 2 * half : half + ((inPair - 0.5) * 2 * (1 - half));
        return pair + (moved * pairTicks);
    }
}
