using MidiMuse.Models.Evaluation;

namespace MidiMuse.Models.Listening;

/// <summary>How often one method was liked better than another; half a win each where a listener heard no difference.</summary>
/// <param name="Share">Share of the decided answers that the first method won, with the Clopper-Pearson interval; null where none was decided.</param>
/// <param name="PValue">Two-sided binomial test of a share of one half.</param>
public sealed record Comparison(string First, string Second, int Wins, int Losses, int Equal, Estimate? Share, double PValue);

/// <summary>Strength of a method by the model of Bradley and Terry, as the probability that it is preferred to an average one.</summary>
public sealed record Strength(string Method, Estimate Probability);

/// <summary>What the answers of a listening test say.</summary>
public static class ListeningStatistics
{
    private const int Resamples = 1000;

    private const int Seed = 1;

    /// <summary>The pairs of methods, alphabetically.</summary>
    /// <exception cref="InvalidDataException">A result belongs to another test.</exception>
    public static IReadOnlyList<Comparison> Compare(ListeningKey key, IReadOnlyList<ListeningResult> results) =>
        [.. Votes(key, results).GroupBy(v => (v.First, v.Second)).OrderBy(g => g.Key.First, StringComparer.Ordinal).ThenBy(g => g.Key.Second, StringComparer.Ordinal)
            .Select(g => ToComparison(g.Key.First, g.Key.Second, g.Count(v => v.Score == 1), g.Count(v => v.Score == 0), g.Count(v => v.Score == 0.5)))];

    /// <summary>The strengths of all methods, the strongest first; intervals by drawing the excerpts again.</summary>
    /// <exception cref="InvalidDataException">A result belongs to another test.</exception>
    public static IReadOnlyList<Strength> Rank(ListeningKey key, IReadOnlyList<ListeningResult> results)
    {
        var votes = Votes(key, results);
        var methods = votes.SelectMany(v => (string[])[v.First, v.Second]).Distinct().Order(StringComparer.Ordinal).ToArray();
        var excerpts = votes.GroupBy(v => v.Excerpt).Select(g => g.ToList()).ToList();
        var random = new Random(Seed);
        var draws = Enumerable.Range(0, Resamples)
            .Select(_ => BradleyTerry(methods, [.. excerpts.SelectMany(_ => excerpts[random.Next(excerpts.Count)])]))
            .ToList();
        var strengths = BradleyTerry(methods, votes);
        return [.. methods
            .Select((method, i) => new Strength(method, Interval(strengths[i], [.. draws.Select(d => d[i]).Order()])))
            .OrderByDescending(s => s.Probability.Value)];
    }

    /// <summary>The exact interval of Clopper and Pearson (Biometrika 26, 1934) at 95 %.</summary>
    public static Estimate ClopperPearson(int wins, int trials)
    {
        var low = wins == 0 ? 0 : Root(p => 1 - BinomialBelow(wins, trials, p), 0.025);
        var high = wins == trials ? 1 : Root(p => 1 - BinomialBelow(wins + 1, trials, p), 0.975);
        return new Estimate(wins / (double)trials, low, high);
    }

    /// <summary>Probability of an outcome at least as unlikely as this one, both being equally good.</summary>
    public static double SignTest(int wins, int losses)
    {
        var trials = wins + losses;
        return trials == 0 ? 1 : Math.Min(1, 2 * BinomialBelow(Math.Min(wins, losses) + 1, trials, 0.5));
    }

    private static Comparison ToComparison(string first, string second, int wins, int losses, int equal) => new(
        first,
        second,
        wins,
        losses,
        equal,
        wins + losses == 0 ? null : ClopperPearson(wins, wins + losses),
        SignTest(wins, losses));

    /// <summary>Every answer with its methods in alphabetical order; the score is the first one's.</summary>
    private static List<(string Excerpt, string First, string Second, double Score)> Votes(ListeningKey key, IReadOnlyList<ListeningResult> results)
    {
        var pairs = key.Pairs.ToDictionary(p => p.Id);
        var votes = new List<(string, string, string, double)>();
        foreach (var result in results)
        {
            if (result.Test != key.Test)
                throw new InvalidDataException($"The result of {result.Listener} belongs to the test {result.Test}, the key to {key.Test}.");
            foreach (var answer in result.Answers)
            {
                if (!pairs.TryGetValue(answer.Id, out var pair))
                    throw new InvalidDataException($"The result of {result.Listener} has an answer to {answer.Id}, which the key does not know.");
                var score = answer.Choice switch
                {
                    "A" => 1.0,
                    "B" => 0.0,
                    "equal" => 0.5,
                    _ => throw new InvalidDataException($"The result of {result.Listener} has the answer '{answer.Choice}'."),
                };
                votes.Add(string.CompareOrdinal(pair.A, pair.B) <= 0 ? (pair.Excerpt, pair.A, pair.B, score) : (pair.Excerpt, pair.B, pair.A, 1 - score));
            }
        }
        return votes;
    }

    /// <summary>
    /// Strengths by Hunter's iteration (Annals of Statistics 32, 2004) with half a win and half a loss against an average
    /// method added, so that a method that never lost has a finite strength. Probabilities against that average.
    /// </summary>
    private static double[] BradleyTerry(string[] methods, List<(string Excerpt, string First, string Second, double Score)> votes)
    {
        var number = methods.Select((m, i) => (m, i)).ToDictionary(p => p.m, p => p.i);
        var strengths = methods.Select(_ => 1.0).ToArray();
        for (var round = 0; round < 200; round++)
        {
            var wins = methods.Select(_ => 0.5).ToArray();
            var weights = strengths.Select(s => 1 / (s + 1)).ToArray();
            foreach (var (_, first, second, score) in votes)
            {
                var (a, b) = (number[first], number[second]);
                wins[a] += score;
                wins[b] += 1 - score;
                weights[a] += 1 / (strengths[a] + strengths[b]);
                weights[b] += 1 / (strengths[a] + strengths[b]);
            }
            for (var i = 0; i < strengths.Length; i++)
                strengths[i] = wins[i] / weights[i];
        }
        return [.. strengths.Select(s => s / (s + 1))];
    }

    private static Estimate Interval(double value, double[] sorted) =>
        new(value, sorted[(int)(0.025 * sorted.Length)], sorted[(int)(0.975 * sorted.Length)]);

    /// <summary>Probability of fewer successes than <paramref name="successes"/>.</summary>
    private static double BinomialBelow(int successes, int trials, double p)
    {
        double sum = 0, logChoose = 0;
        for (var k = 0; k < successes && k <= trials; k++)
        {
            sum += Math.Exp(logChoose + (k * Math.Log(p)) + ((trials - k) * Math.Log(1 - p)));
            logChoose += Math.Log(trials - k) - Math.Log(k + 1);
        }
        return Math.Min(1, sum);
    }

    /// <summary>Where a function that grows with p has this value, by bisection.</summary>
    private static double Root(Func<double, double> function, double value)
    {
        double low = 0, high = 1;
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (function(middle) < value)
                low = middle;
            else
                high = middle;
        }
        return (low + high) / 2;
    }
}
