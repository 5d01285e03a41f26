namespace MidiMuse.Perf.Reports;

/// <summary>Many values of one measurement.</summary>
public sealed class Distribution
{
    private readonly double[] _sorted;

    /// <exception cref="ArgumentException">No values.</exception>
    public Distribution(IEnumerable<double> values)
    {
        _sorted = [.. values.Order()];
        if (_sorted.Length == 0)
            throw new ArgumentException("A distribution has values.", nameof(values));
    }

    public int Count => _sorted.Length;

    public double Min => _sorted[0];

    public double Median => Quantile(0.5);

    public double Max => _sorted[^1];

    /// <summary>The value at a rank, without interpolation: it is one that was measured.</summary>
    /// <param name="quantile">0..1.</param>
    public double Quantile(double quantile) => _sorted[(int)Math.Round(quantile * (_sorted.Length - 1), MidpointRounding.AwayFromZero)];
}
