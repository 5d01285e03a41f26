using System.Diagnostics;

namespace MidiMuse.Host.Performances;

/// <summary>How long the plugin's process calls took, in microseconds.</summary>
/// <param name="Blocks">Number of calls.</param>
public readonly record struct ProcessTimes(int Blocks, double Median, double P999, double Max)
{
    internal static ProcessTimes Of(List<long> ticks)
    {
        if (ticks.Count == 0)
            return default;
        long[] sorted = [.. ticks.Order()];
        return new ProcessTimes(sorted.Length, Microseconds(sorted, 0.5), Microseconds(sorted, 0.999), Microseconds(sorted, 1));
    }

    private static double Microseconds(long[] sorted, double quantile) =>
        Stopwatch.GetElapsedTime(0, sorted[(int)Math.Round((sorted.Length - 1) * quantile)]).TotalMicroseconds;
}
