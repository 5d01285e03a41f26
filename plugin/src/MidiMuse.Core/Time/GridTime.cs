namespace MidiMuse.Core.Time;

/// <summary>
/// The integer time grid of the models: 24 ticks a quarter note, so that 32nds (3 ticks) and triplets
/// (eighth-note triplets 8, sixteenth-note triplets 4) both fall on it.
/// </summary>
public static class GridTime
{
    public const int TicksPerQuarter = 24;

    /// <summary>
    /// 64ths and other positions halfway between two ticks must not flip with the host's rounding: sample
    /// positions differ by up to one sample between sample rates, which is 0.003 ticks at 300 bpm and 44.1 kHz,
    /// and hosts that quantise ppq to 1/1920 quarter are off by up to 0.0063 ticks.
    /// </summary>
    private const double TieBiasTicks = 1.0 / 64.0;

    /// <summary>The tick nearest to a position in quarter notes; ties, and what is within 1/64 tick of one, go up.</summary>
    public static long ToTick(double ppq) => (long)Math.Floor((ppq * TicksPerQuarter) + 0.5 + TieBiasTicks);

    public static double ToPpq(long tick) => tick / (double)TicksPerQuarter;
}
