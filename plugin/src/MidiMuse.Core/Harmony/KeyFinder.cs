using MidiMuse.Core.Notes;

namespace MidiMuse.Core.Harmony;

/// <summary>
/// Finds the key of a passage by correlating its pitch classes, weighted by duration, with the probe-tone profiles
/// of Krumhansl and Kessler (Krumhansl, Cognitive Foundations of Musical Pitch, 1990, table 2.1). A motif is short: a
/// few bars around the third or the fifth can correlate best with a key that lacks one of their notes, so notes
/// outside of a key's scale count against it (Ode to Joy in D would else be in A, which has no G).
/// </summary>
public static class KeyFinder
{
    private static readonly double[] MajorProfile = [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88];
    private static readonly double[] MinorProfile = [6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17];

    private const double ClearLead = 0.3;

    /// <summary>What a key loses for a passage that lies wholly outside of its scale.</summary>
    private const double ForeignPenalty = 3;

    /// <summary>The best key with its score (a correlation, -1..1, less the penalty) and its lead over the second best, or null without notes.</summary>
    public static (Key Key, double Score, double Lead)? Find(ReadOnlySpan<GridNote> notes)
    {
        if (notes.IsEmpty)
            return null;
        Span<double> weights = stackalloc double[12]; // [pitch class] duration in ticks
        weights.Clear();
        foreach (var note in notes)
            weights[note.Pitch % 12] += note.DurationTicks;
        // A melody that begins and ends on a note says more about its key than the profile alone can hear.
        weights[notes[0].Pitch % 12] += 6;
        weights[notes[^1].Pitch % 12] += 6;
        return Best(weights);
    }

    /// <summary>
    /// How clearly a key leads, 0..1: a lead of 0.3 in score over the second best key, or more, is 1. No probability;
    /// `midimuse-models keys` measures how often keys of each lead are right.
    /// </summary>
    public static double Confidence(double lead) => Math.Clamp(lead / ClearLead, 0, 1);

    private static (Key Key, double Score, double Lead) Best(ReadOnlySpan<double> weights)
    {
        var best = (Key: new Key(0, Mode.Major), Score: double.NegativeInfinity);
        var second = double.NegativeInfinity;
        for (var tonic = 0; tonic < 12; tonic++)
        {
            foreach (var mode in (ReadOnlySpan<Mode>)[Mode.Major, Mode.Minor])
            {
                var score = Correlate(weights, mode == Mode.Major ? MajorProfile : MinorProfile, tonic)
                    - (ForeignPenalty * ForeignShare(weights, tonic, mode));
                if (score > best.Score)
                {
                    second = best.Score;
                    best = (new Key(tonic, mode), score);
                }
                else if (score > second)
                {
                    second = score;
                }
            }
        }
        return (best.Key, best.Score, best.Score - second);
    }

    private static double ForeignShare(ReadOnlySpan<double> weights, int tonic, Mode mode)
    {
        // A minor key may raise its sixth and its seventh degree.
        var scale = mode == Mode.Major ? Scale.Major.Mask : Scale.NaturalMinor.Mask | Scale.MelodicMinor.Mask;
        double foreign = 0, all = 0;
        for (var degree = 0; degree < 12; degree++)
        {
            var weight = weights[(degree + tonic) % 12];
            all += weight;
            if ((scale & (1 << degree)) == 0)
                foreign += weight;
        }
        return all > 0 ? foreign / all : 0;
    }

    private static double Correlate(ReadOnlySpan<double> weights, double[] profile, int tonic)
    {
        double weightMean = 0, profileMean = 0;
        for (var i = 0; i < 12; i++)
        {
            weightMean += weights[i] / 12;
            profileMean += profile[i] / 12;
        }
        double product = 0, weightSquares = 0, profileSquares = 0;
        for (var i = 0; i < 12; i++)
        {
            var w = weights[(i + tonic) % 12] - weightMean;
            var p = profile[i] - profileMean;
            product += w * p;
            weightSquares += w * w;
            profileSquares += p * p;
        }
        return weightSquares > 0 ? product / Math.Sqrt(weightSquares * profileSquares) : 0;
    }
}
