namespace MidiMuse.Perf.Reports;

/// <summary>One line of the table.</summary>
/// <param name="Part">What it belongs to.</param>
/// <param name="What">What was measured; with <paramref name="Part"/> it identifies the figure in comparisons.</param>
/// <param name="Value">The value, or the median where there are many.</param>
public sealed record Figure(string Part, string What, string Unit, double Value)
{
    public double? P99 { get; init; }

    public double? P999 { get; init; }

    public double? Max { get; init; }

    /// <summary>How to read it, what it was measured with.</summary>
    public string Note { get; init; } = "";

    /// <summary>Median, 99th percentile and maximum of many values.</summary>
    public static Figure Of(string part, string what, string unit, Distribution values) =>
        new(part, what, unit, values.Median) { P99 = values.Quantile(0.99), Max = values.Max };
}
