namespace MidiMuse.Inference.Tests.Support;

/// <summary>Pearson's test of counts against a distribution.</summary>
internal static class ChiSquare
{
    /// <summary>Fails where counts this far from the distribution come about less than once in 10,000 times.</summary>
    public static void AssertFollows(IReadOnlyList<double> probabilities, IReadOnlyList<long> counts)
    {
        var draws = counts.Sum();
        var statistic = 0.0;
        var degrees = -1;
        for (var i = 0; i < counts.Count; i++)
        {
            var expected = probabilities[i] * draws;
            if (expected == 0)
            {
                Assert.Equal(0, counts[i]);
                continue;
            }
            statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
            degrees++;
        }
        Assert.True(statistic < Critical(degrees), $"chi-square is {statistic:F1} with {degrees} degrees of freedom");
    }

    /// <summary>The 99.99 % quantile. Wilson, Hilferty: The Distribution of Chi-Square, PNAS 17, 1931.</summary>
    private static double Critical(int degrees)
    {
        const double NormalQuantile = 3.719;
        var spread = 2.0 / (9 * degrees);
        return degrees * Math.Pow(1 - spread + (NormalQuantile * Math.Sqrt(spread)), 3);
    }
}
