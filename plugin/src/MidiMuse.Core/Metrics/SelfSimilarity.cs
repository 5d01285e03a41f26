using System.Runtime.InteropServices;
using MidiMuse.Core.Notes;

namespace MidiMuse.Core.Metrics;

/// <summary>
/// How much bars resemble those a given number of bars later: themes that return make it high, aimless music makes it
/// low, and a loop makes it 1. The likeness of two bars is the greatest number of their points (onset in the bar,
/// pitch) that coincide under one transposition, over the mean number of points (a Dice coefficient).
/// </summary>
public static class SelfSimilarity
{
    /// <param name="notes">Onsets from 0 on.</param>
    /// <returns>Mean over the pairs of bars of which at least one has notes; null where there is none.</returns>
    public static double? AtLag(IEnumerable<GridNote> notes, int barTicks, int bars, int lag)
    {
        var points = new List<(int Onset, int Pitch)>[bars];
        for (var i = 0; i < bars; i++)
            points[i] = [];
        foreach (var note in notes.Where(n => n.OnsetTick >= 0 && n.OnsetTick < (long)bars * barTicks))
            points[(int)(note.OnsetTick / barTicks)].Add(((int)(note.OnsetTick % barTicks), note.Pitch));
        double sum = 0;
        var pairs = 0;
        for (var i = 0; i + lag < bars; i++)
        {
            if (points[i].Count + points[i + lag].Count == 0)
                continue;
            sum += Likeness(points[i], points[i + lag]);
            pairs++;
        }
        return pairs == 0 ? null : sum / pairs;
    }

    private static double Likeness(List<(int Onset, int Pitch)> a, List<(int Onset, int Pitch)> b)
    {
        var transpositions = new Dictionary<int, int>();
        var coinciding = 0;
        foreach (var (onset, pitch) in a)
        {
            foreach (var other in b)
            {
                if (other.Onset != onset)
                    continue;
                ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(transpositions, other.Pitch - pitch, out _);
                coinciding = Math.Max(coinciding, ++count);
            }
        }
        return 2.0 * coinciding / (a.Count + b.Count);
    }
}
