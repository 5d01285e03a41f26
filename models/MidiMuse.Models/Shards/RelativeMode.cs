using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;

namespace MidiMuse.Models.Shards;

/// <summary>
/// Major or minor, where a source gives only the signature: the better correlation of the pitch classes (weighted
/// by duration) with the probe-tone profiles of Krumhansl and Kessler, Psychological Review 89 (1982), 334-368.
/// </summary>
public static class RelativeMode
{
    private static readonly double[] MajorProfile = [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88];

    private static readonly double[] MinorProfile = [6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17];

    public static Mode Of(int fifths, IReadOnlyList<GridNote> notes)
    {
        var weights = new double[12];
        foreach (var note in notes)
            weights[note.Pitch % 12] += note.DurationTicks;
        var major = Correlation(weights, MajorProfile, Key.FromFifths(fifths, Mode.Major).TonicPitchClass);
        var minor = Correlation(weights, MinorProfile, Key.FromFifths(fifths, Mode.Minor).TonicPitchClass);
        return minor > major ? Mode.Minor : Mode.Major;
    }

    private static double Correlation(double[] weights, double[] profile, int tonic)
    {
        var (weightMean, profileMean) = (weights.Average(), profile.Average());
        double product = 0, weightSquare = 0, profileSquare = 0;
        for (var i = 0; i < 12; i++)
        {
            var w = weights[(tonic + i) % 12] - weightMean;
            var p = profile[i] - profileMean;
            product += w * p;
            weightSquare += w * w;
            profileSquare += p * p;
        }
        return weightSquare == 0 ? 0 : product / Math.Sqrt(weightSquare * profileSquare);
    }
}
