namespace MidiMuse.Core.Originality;

/// <summary>
/// What a tune is made of when key, register and tempo do not count: for every note the interval from the note before,
/// and how much longer the time since then is than the time before that. A line of n notes has n - 2 elements.
/// </summary>
/// <remarks>
/// Intervals are semitones up to two octaves, ratios are half octaves of time (1, about 1.4, 2, about 2.8 ...), so
/// that the rounding of quintuplets or a slightly dotted rhythm does not hide a copy.
/// </remarks>
public static class LineElement
{
    /// <summary>Stands between lines; no note has it.</summary>
    public const ushort Separator = 0;

    public const int WidestInterval = 24;

    public const int WidestRatio = 6;

    public const int Ratios = (2 * WidestRatio) + 1;

    /// <summary>Elements are 1..<see cref="Count"/> - 1.</summary>
    public const int Count = 1 + (((2 * WidestInterval) + 1) * Ratios);

    /// <param name="interval">Semitones; wider than two octaves counts as two octaves.</param>
    /// <param name="ticks">Time since the note before, at least 1.</param>
    /// <param name="ticksBefore">Time between that note and the one before it, at least 1.</param>
    public static ushort Of(int interval, long ticks, long ticksBefore)
    {
        var semitones = Math.Clamp(interval, -WidestInterval, WidestInterval);
        var ratio = ticks == ticksBefore ? 0 : (int)Math.Clamp(Math.Round(2 * Math.Log2(ticks / (double)ticksBefore)), -WidestRatio, WidestRatio);
        return (ushort)(1 + ((semitones + WidestInterval) * Ratios) + ratio + WidestRatio);
    }

    /// <summary>Semitones.</summary>
    public static int IntervalOf(ushort element) => ((element - 1) / Ratios) - WidestInterval;
}
