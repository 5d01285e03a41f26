using System.Numerics;
using MidiMuse.Core.Harmony;

namespace MidiMuse.Models.Shards;

/// <summary>
/// Names the chord that sounds in a stretch of music: the template whose notes cover the most of what sounds, by
/// duration, and are themselves covered; a root in the bass counts for it, and so does simplicity. Template matching
/// on pitch-class weights: Pardo and Birmingham, Algorithms for Chordal Analysis, Computer Music Journal 26 (2002).
/// </summary>
public static class ChordMatcher
{
    /// <summary>Less than this share of the sound within the chord is no chord.</summary>
    private const double LeastCovered = 0.7;

    /// <summary>A pitch class with less than this share of the sound is a passing one.</summary>
    private const double LeastShare = 0.05;

    private const double MissingPenalty = 0.12;
    private const double SeventhPenalty = 0.06;
    private const double RareQualityPenalty = 0.1;
    private const double BassBonus = 0.1;

    private static readonly ChordQuality[] Qualities =
    [
        ChordQuality.Major, ChordQuality.Minor, ChordQuality.Dominant, ChordQuality.MinorSeventh, ChordQuality.MajorSeventh,
        ChordQuality.Diminished, ChordQuality.HalfDiminished, ChordQuality.DiminishedSeventh, ChordQuality.Augmented, ChordQuality.SuspendedFourth,
    ];

    /// <param name="weights">What sounds, by pitch class: durations. // [12] f64</param>
    /// <param name="bass">Pitch class of the lowest note.</param>
    /// <returns>Null where fewer than two pitch classes sound or no chord fits.</returns>
    public static Chord? Find(ReadOnlySpan<double> weights, int bass)
    {
        var total = 0.0;
        foreach (var weight in weights)
            total += weight;
        if (total <= 0)
            return null;

        var sounding = 0;
        for (var pitchClass = 0; pitchClass < 12; pitchClass++)
        {
            if (weights[pitchClass] >= LeastShare * total)
                sounding |= 1 << pitchClass;
        }
        if (BitOperations.PopCount((uint)sounding) < 2)
            return null;

        Chord? best = null;
        var bestScore = double.NegativeInfinity;
        foreach (var quality in Qualities)
        {
            var penalty = PenaltyOf(quality);
            for (var root = 0; root < 12; root++)
            {
                var chord = Chord.Of(root, quality);
                var covered = Covered(weights, chord.PitchClasses) / total;
                if (covered < LeastCovered)
                    continue;
                var missing = BitOperations.PopCount((uint)(chord.PitchClasses & ~sounding));
                var score = covered - (MissingPenalty * missing) - penalty + (root == bass ? BassBonus : 0);
                if (score <= bestScore)
                    continue;
                (best, bestScore) = (chord, score);
            }
        }
        return best is { } found ? found with { Bass = bass, PitchClasses = (ushort)(found.PitchClasses | (1 << bass)) } : null;
    }

    private static double PenaltyOf(ChordQuality quality) => quality switch
    {
        ChordQuality.Major or ChordQuality.Minor => 0,
        ChordQuality.Augmented or ChordQuality.SuspendedFourth => RareQualityPenalty,
        ChordQuality.Diminished => SeventhPenalty / 2,
        _ => SeventhPenalty,
    };

    private static double Covered(ReadOnlySpan<double> weights, ushort pitchClasses)
    {
        var sum = 0.0;
        for (var pitchClass = 0; pitchClass < 12; pitchClass++)
        {
            if ((pitchClasses & (1 << pitchClass)) != 0)
                sum += weights[pitchClass];
        }
        return sum;
    }
}
