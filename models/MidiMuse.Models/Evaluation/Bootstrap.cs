namespace MidiMuse.Models.Evaluation;

/// <summary>A figure and its 95 % interval.</summary>
public readonly record struct Estimate(double Value, double Low, double High);

/// <summary>
/// Percentile bootstrap (Efron, Annals of Statistics 7, 1979) over pieces: notes and excerpts of one piece are alike,
/// so pieces are drawn again, not notes.
/// </summary>
public static class Bootstrap
{
    private const int Resamples = 1000;

    private const int Seed = 1;

    /// <summary>Sum of numerators over sum of denominators.</summary>
    /// <param name="pieces">One pair for each piece.</param>
    /// <returns>Null where the denominators' sum is 0.</returns>
    public static Estimate? Ratio(IReadOnlyList<(double Numerator, double Denominator)> pieces)
    {
        var denominator = pieces.Sum(p => p.Denominator);
        if (denominator == 0)
            return null;
        var random = new Random(Seed);
        var ratios = new List<double>(Resamples);
        for (var i = 0; i < Resamples; i++)
        {
            double n = 0, d = 0;
            for (var j = 0; j < pieces.Count; j++)
            {
                var piece = pieces[random.Next(pieces.Count)];
                n += piece.Numerator;
                d += piece.Denominator;
            }
            if (d > 0)
                ratios.Add(n / d);
        }
        ratios.Sort();
        return new Estimate(pieces.Sum(p => p.Numerator) / denominator, ratios[(int)(0.025 * ratios.Count)], ratios[(int)(0.975 * ratios.Count)]);
    }
}
