using System.Collections.Immutable;
using System.Numerics;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Rhythm;
using MidiMuse.Core.Time;

namespace MidiMuse.Core.Harmony;

/// <summary>
/// Finds the chord of each bar by comparing its notes with chord templates: a note weighs its duration, on strong
/// beats half as much again; notes of the chord count for it, others against it, and so do chord notes that are
/// missing. Of equals the chord wins whose root is lowest in the bar, then the one that lies within the key.
/// </summary>
public static class ChordFinder
{
    private const double StrongBeatFactor = 1.5;
    private const double ForeignCost = 1;
    private const double MissingCost = 0.12;
    private const double LowestIsRoot = 0.06;
    private const double InKey = 0.04;

    /// <summary>A seventh must be heard, not just be possible.</summary>
    private const double SeventhCost = 0.05;

    private static readonly ChordQuality[] Triads = [ChordQuality.Major, ChordQuality.Minor, ChordQuality.Diminished];

    private static readonly ChordQuality[] Sevenths =
        [ChordQuality.Dominant, ChordQuality.MajorSeventh, ChordQuality.MinorSeventh, ChordQuality.HalfDiminished];

    /// <summary>A bar for each bar of the passage; a bar without notes keeps the chord before it. Null without notes.</summary>
    /// <param name="notes">Ticks from a bar line on.</param>
    /// <param name="lengthTicks">Length of the passage.</param>
    public static ChordLane? Find(ReadOnlySpan<GridNote> notes, long lengthTicks, Meter meter, Key? key)
    {
        var barTicks = Math.Max(1, meter.BarTicks);
        var bars = (int)Math.Clamp(lengthTicks / barTicks, 1, ChordLane.MostBars);
        var found = new Chord?[bars];
        for (var bar = 0; bar < bars; bar++)
            found[bar] = FindIn(notes, bar * barTicks, (bar + 1) * barTicks, meter, key) ?? (bar > 0 ? found[bar - 1] : null);
        if (found.FirstOrDefault(chord => chord is not null) is not { } first)
            return null;
        return new ChordLane(found.Select(chord => ImmutableArray.Create(chord ?? first)));
    }

    private static Chord? FindIn(ReadOnlySpan<GridNote> notes, long startTick, long endTick, Meter meter, Key? key)
    {
        Span<double> weights = stackalloc double[12]; // [pitch class]
        weights.Clear();
        var (sum, lowest) = (0.0, 128);
        foreach (var note in notes)
        {
            var (from, to) = (Math.Max(note.OnsetTick, startTick), Math.Min(note.EndTick, endTick));
            if (from >= to)
                continue;
            var weight = (to - from) * (MetricalLevel.IsStrong(meter, from - startTick) ? StrongBeatFactor : 1);
            weights[note.Pitch % 12] += weight;
            sum += weight;
            lowest = Math.Min(lowest, note.Pitch);
        }
        return sum > 0 ? Best(weights, sum, lowest % 12, key) : null;
    }

    private static Chord Best(ReadOnlySpan<double> weights, double sum, int lowest, Key? key)
    {
        var best = (Chord: Chord.None, Score: double.NegativeInfinity);
        for (var root = 0; root < 12; root++)
        {
            foreach (var quality in Triads)
                Consider(Chord.Of(root, quality), 0, weights, sum, lowest, key, ref best);
            foreach (var quality in Sevenths)
                Consider(Chord.Of(root, quality), SeventhCost, weights, sum, lowest, key, ref best);
        }
        return best.Chord;
    }

    private static void Consider(Chord chord, double cost, ReadOnlySpan<double> weights, double sum, int lowest, Key? key, ref (Chord Chord, double Score) best)
    {
        var score = -cost;
        for (var pitchClass = 0; pitchClass < 12; pitchClass++)
        {
            var share = weights[pitchClass] / sum;
            if (chord.Contains(pitchClass))
                score += share > 0 ? share : -MissingCost;
            else
                score -= ForeignCost * share;
        }
        score += chord.Root == lowest ? LowestIsRoot : 0;
        if (key is { } known)
            score += InKey * KeyShare(chord, known);
        if (score > best.Score)
            best = (chord, score);
    }

    private static double KeyShare(Chord chord, Key key)
    {
        var scale = Scale.Of(key.Mode).PitchClassesOn(key.TonicPitchClass);
        return BitOperations.PopCount((uint)(chord.PitchClasses & scale)) / (double)BitOperations.PopCount(chord.PitchClasses);
    }
}
