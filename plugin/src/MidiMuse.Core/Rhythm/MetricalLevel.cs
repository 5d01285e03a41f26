using MidiMuse.Core.Time;

namespace MidiMuse.Core.Rhythm;

/// <summary>
/// How strong a place in the bar is: the levels of a metrical grid as in Longuet-Higgins and Lee, The Rhythmic
/// Interpretation of Monophonic Music (Music Perception 1, 1984), cut off where the models' grid ends.
/// </summary>
public static class MetricalLevel
{
    public const int BarLine = 4;

    /// <summary>The third beat of 4/4, every beat of 2/2, the dotted beats of 6/8, 9/8 and 12/8.</summary>
    public const int StrongBeat = 3;

    public const int Beat = 2;

    /// <summary>Halfway between two beats; in 6/8 and its like every eighth between the dotted beats.</summary>
    public const int HalfBeat = 1;

    public const int QuarterBeat = 0;

    /// <summary>Triplets and everything finer.</summary>
    public const int Between = -1;

    public static int At(Meter meter, long tickInBar)
    {
        if (tickInBar == 0)
            return BarLine;
        var beatTicks = BeatTicks(meter);
        if (tickInBar % StrongBeatTicks(meter) == 0)
            return StrongBeat;
        if (tickInBar % beatTicks == 0)
            return IsCompound(meter) ? HalfBeat : Beat;
        if (tickInBar % Math.Max(1, beatTicks / 2) == 0)
            return IsCompound(meter) ? QuarterBeat : HalfBeat;
        return tickInBar % Math.Max(1, beatTicks / 4) == 0 ? QuarterBeat : Between;
    }

    /// <summary>Whether a note that begins here is heard as standing on a main beat of the bar.</summary>
    public static bool IsStrong(Meter meter, long tickInBar) => tickInBar % StrongBeatTicks(meter) == 0;

    /// <summary>Grid ticks from one strong beat to the next; a whole bar where the meter has only its bar line.</summary>
    public static int StrongBeatTicks(Meter meter)
    {
        if (IsCompound(meter))
            return 3 * BeatTicks(meter);
        if (meter.Denominator == 2)
            return BeatTicks(meter);
        return meter.Numerator % 4 == 0 ? 2 * BeatTicks(meter) : Math.Max(1, meter.BarTicks);
    }

    /// <summary>The denominator's note value in grid ticks, at least one.</summary>
    public static int BeatTicks(Meter meter) => Math.Max(1, GridTime.TicksPerQuarter * 4 / meter.Denominator);

    private static bool IsCompound(Meter meter) => meter.Denominator >= 8 && meter.Numerator % 3 == 0 && meter.Numerator > 3;
}
