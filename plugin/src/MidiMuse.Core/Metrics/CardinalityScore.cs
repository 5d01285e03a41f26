using System.Runtime.InteropServices;
using MidiMuse.Core.Notes;

namespace MidiMuse.Core.Metrics;

/// <summary>
/// How much of a true continuation a prediction contains, as in MIREX "Patterns for Prediction" (2018-2020): the
/// largest number of notes, as points (onset, pitch), that coincide under one translation in time and pitch, less
/// one, over the notes of the prediction less one (precision) and of the truth less one (recall).
/// </summary>
public readonly record struct CardinalityScore(double Precision, double Recall)
{
    /// <summary>The harmonic mean, 0 where both are 0.</summary>
    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

    /// <summary>Equal points count once. Null where either side has fewer than two: the score is not defined.</summary>
    public static CardinalityScore? Of(IEnumerable<GridNote> truth, IEnumerable<GridNote> prediction)
    {
        var points = Points(truth);
        var predicted = Points(prediction);
        if (points.Count < 2 || predicted.Count < 2)
            return null;
        var coinciding = LargestCoincidence(points, predicted) - 1;
        return new CardinalityScore(coinciding / (double)(predicted.Count - 1), coinciding / (double)(points.Count - 1));
    }

    private static HashSet<(long Onset, int Pitch)> Points(IEnumerable<GridNote> notes) =>
        [.. notes.Select(n => (n.OnsetTick, n.Pitch))];

    private static int LargestCoincidence(HashSet<(long Onset, int Pitch)> points, HashSet<(long Onset, int Pitch)> predicted)
    {
        var counts = new Dictionary<(long Onset, int Pitch), int>();
        var largest = 0;
        foreach (var (onset, pitch) in points)
        {
            foreach (var p in predicted)
            {
                ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, (p.Onset - onset, p.Pitch - pitch), out _);
                largest = Math.Max(largest, ++count);
            }
        }
        return largest;
    }
}
