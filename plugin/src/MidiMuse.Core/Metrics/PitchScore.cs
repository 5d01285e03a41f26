using MidiMuse.Core.Notes;

namespace MidiMuse.Core.Metrics;

/// <summary>
/// Overlap of two normalised pitch histograms, 0..1: the pitch score of MIREX "Patterns for Prediction" (2020). Unlike
/// <see cref="CardinalityScore"/> it knows nothing of order, but it does know the key.
/// </summary>
public static class PitchScore
{
    /// <returns>0 where either side has no note.</returns>
    public static double Of(IEnumerable<GridNote> truth, IEnumerable<GridNote> prediction, bool ignoreOctave = false)
    {
        var a = Histogram(truth, ignoreOctave);
        var b = Histogram(prediction, ignoreOctave);
        double overlap = 0;
        for (var i = 0; i < a.Length; i++)
            overlap += Math.Min(a[i], b[i]);
        return overlap;
    }

    private static double[] Histogram(IEnumerable<GridNote> notes, bool ignoreOctave)
    {
        var histogram = new double[128];
        var points = notes.Select(n => (n.OnsetTick, n.Pitch)).Distinct().ToList();
        foreach (var (_, pitch) in points)
            histogram[ignoreOctave ? pitch % 12 : pitch] += 1.0 / points.Count;
        return histogram;
    }
}
