using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;

namespace MidiMuse.Core.Metrics;

/// <summary>Measures on rhythm.</summary>
public static class Groove
{
    /// <summary>
    /// One less the mean share of grid positions in which the onsets of neighbouring bars differ, as MusPy has it
    /// (after Wu and Yang, ISMIR 2020). Null for fewer than two bars.
    /// </summary>
    /// <param name="notes">Onsets in <paramref name="fromTick"/>..<paramref name="toTick"/>, exclusive.</param>
    /// <param name="fromTick">A bar line.</param>
    public static double? Consistency(IEnumerable<GridNote> notes, int barTicks, long fromTick, long toTick)
    {
        var bars = (int)((toTick - fromTick) / barTicks);
        if (bars < 2)
            return null;
        var onsets = new HashSet<int>[bars];
        for (var i = 0; i < bars; i++)
            onsets[i] = [];
        foreach (var note in notes.Where(n => n.OnsetTick >= fromTick && n.OnsetTick < fromTick + ((long)bars * barTicks)))
            onsets[(int)((note.OnsetTick - fromTick) / barTicks)].Add((int)((note.OnsetTick - fromTick) % barTicks));
        double differences = 0;
        for (var i = 1; i < bars; i++)
        {
            var common = onsets[i].Count(onsets[i - 1].Contains);
            differences += onsets[i].Count + onsets[i - 1].Count - (2 * common);
        }
        return 1 - (differences / ((bars - 1) * (double)barTicks));
    }

    /// <summary>
    /// Weighted note-to-beat distance (Gómez, Melvin, Rappaport, Toussaint, BRIDGES 2005): how syncopated a rhythm is. A
    /// note on a beat counts 0; another one counts the inverse of its distance to the nearest beat (in beats), twice
    /// that where it is held over the next beat, once again where it is held over the beat after that. The mean over
    /// notes; null without notes.
    /// </summary>
    public static double? Complexity(IEnumerable<GridNote> notes, Meter meter)
    {
        var beat = Math.Max(1, BeatTicks(meter));
        double sum = 0;
        var count = 0;
        foreach (var note in notes)
        {
            count++;
            var sinceBeat = note.OnsetTick % beat;
            if (sinceBeat == 0)
                continue;
            var distance = Math.Min(sinceBeat, beat - sinceBeat) / (double)beat;
            var nextBeat = note.OnsetTick - sinceBeat + beat;
            sum += (note.EndTick > nextBeat && note.EndTick <= nextBeat + beat ? 2 : 1) / distance;
        }
        return count == 0 ? null : sum / count;
    }

    /// <summary>Compound meters have dotted beats.</summary>
    private static int BeatTicks(Meter meter) =>
        (int)GridTime.ToTick(meter is { Denominator: >= 8, Numerator: > 3 } && meter.Numerator % 3 == 0 ? 3 * meter.BeatPpq : meter.BeatPpq);
}
