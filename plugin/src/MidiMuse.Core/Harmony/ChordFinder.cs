using System.Collections.Immutable;
using System.Numerics;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Rhythm;
using MidiMuse.Core.Time;

namespace MidiMuse.Core.Harmony;

/// <summary>
/// Finds the chord of each bar by comparing its notes with chord templates: a note weighs its duration, on strong
/// beats half as much again; notes of the chord count for it, others against it, and so do chord notes that are
/// missing. Of equals the chord wins whose root is lowest, then the one that lies within the key; a line, whose lowest
/// note is no bass, gets the main chords of its key instead. Where it is asked for, a bar of chords has two if two
/// describe it clearly better than one.
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

    private const double SeventhOfLineCost = 0.25;
    private const double DiminishedOfLineCost = 0.1;
    private const double RareCost = 0.08;
    private const double TonicGain = 0.15;
    private const double MainGain = 0.12;
    private const double SideGain = 0.05;

    /// <summary>Notes an onset from which on it is chords and no line.</summary>
    private const double ChordsFrom = 1.4;

    /// <summary>Two chords in a bar must describe it this much better than one: a melody moves, its harmony seldom does.</summary>
    private const double SecondChordCost = 0.2;

    private static readonly ChordQuality[] Triads = [ChordQuality.Major, ChordQuality.Minor, ChordQuality.Diminished];

    private static readonly ChordQuality[] Sevenths =
        [ChordQuality.Dominant, ChordQuality.MajorSeventh, ChordQuality.MinorSeventh, ChordQuality.HalfDiminished];

    /// <summary>Only where they are played as chords; a line that touches their notes means others.</summary>
    private static readonly ChordQuality[] Rare =
    [
        ChordQuality.DiminishedSeventh, ChordQuality.Augmented, ChordQuality.SuspendedFourth, ChordQuality.SuspendedSecond, ChordQuality.Power, ChordQuality.Sixth,
        ChordQuality.MinorSixth, ChordQuality.MinorMajorSeventh, ChordQuality.AugmentedSeventh, ChordQuality.SuspendedSeventh,
    ];

    /// <summary>A bar for each bar of the passage; a bar without notes keeps the chord before it. Null without notes.</summary>
    /// <param name="notes">Ticks from a bar line on.</param>
    /// <param name="lengthTicks">Length of the passage.</param>
    public static ChordLane? Find(ReadOnlySpan<GridNote> notes, long lengthTicks, Meter meter, Key? key)
    {
        var barTicks = Math.Max(1, meter.BarTicks);
        var bars = Math.Clamp(lengthTicks / barTicks, 1, ChordLane.MostBars);
        return Lane(FindBars(notes, bars * barTicks, meter, key, halves: false));
    }

    /// <summary>The same with up to two chords a bar, as a chord track has them.</summary>
    public static ChordLane? FindHalves(ReadOnlySpan<GridNote> notes, long lengthTicks, Meter meter, Key? key)
    {
        var barTicks = Math.Max(1, meter.BarTicks);
        var bars = Math.Clamp(lengthTicks / barTicks, 1, ChordLane.MostBars);
        return Lane(FindBars(notes, bars * barTicks, meter, key, halves: true));
    }

    /// <summary>The chords of each bar that was heard at least for a half, null where it was silent.</summary>
    /// <param name="heardTicks">How far the passage was heard, which may be in the middle of a bar.</param>
    public static ImmutableArray<Chord>?[] FindBars(ReadOnlySpan<GridNote> notes, long heardTicks, Meter meter, Key? key, bool halves)
    {
        var barTicks = Math.Max(1, meter.BarTicks);
        var bars = (int)((heardTicks + (barTicks / 2)) / barTicks);
        var found = new ImmutableArray<Chord>?[Math.Max(0, bars)];
        for (var bar = 0; bar < found.Length; bar++)
            found[bar] = BarFrom(notes, bar * (long)barTicks, meter, key, halves);
        return found;
    }

    private static ChordLane? Lane(ImmutableArray<Chord>?[] found)
    {
        if (found.FirstOrDefault(bar => bar is not null) is not { } last)
            return null;
        var bars = new ImmutableArray<Chord>[found.Length];
        for (var i = 0; i < bars.Length; i++)
            bars[i] = last = found[i] ?? [last[^1]];
        return new ChordLane(bars);
    }

    private static ImmutableArray<Chord>? BarFrom(ReadOnlySpan<GridNote> notes, long startTick, Meter meter, Key? key, bool halves)
    {
        var endTick = startTick + Math.Max(1, meter.BarTicks);
        if (FindIn(notes, startTick, endTick, startTick, meter, key) is not { } whole)
            return null;
        var middle = startTick + ChordLane.ShareTick(meter, 2, 1);
        if (!halves || whole.IsLine || middle <= startTick || middle >= endTick
            || FindIn(notes, startTick, middle, startTick, meter, key) is not { } first || FindIn(notes, middle, endTick, startTick, meter, key) is not { } second)
            return [whole.Chord];
        var share = (middle - startTick) / (double)(endTick - startTick);
        var both = (first.Score * share) + (second.Score * (1 - share));
        return first.Chord != second.Chord && both > whole.Score + SecondChordCost ? [first.Chord, second.Chord] : [whole.Chord];
    }

    private static (Chord Chord, double Score, bool IsLine)? FindIn(ReadOnlySpan<GridNote> notes, long startTick, long endTick, long barTick, Meter meter, Key? key)
    {
        Span<double> weights = stackalloc double[12]; // [pitch class]
        weights.Clear();
        var (sum, lowest, count, onsets, lastOnset) = (0.0, 128, 0, 0, long.MinValue);
        foreach (var note in notes)
        {
            var (from, to) = (Math.Max(note.OnsetTick, startTick), Math.Min(note.EndTick, endTick));
            if (from >= to)
                continue;
            var weight = (to - from) * (MetricalLevel.IsStrong(meter, from - barTick) ? StrongBeatFactor : 1);
            weights[note.Pitch % 12] += weight;
            sum += weight;
            lowest = Math.Min(lowest, note.Pitch);
            count++;
            onsets += note.OnsetTick == lastOnset ? 0 : 1;
            lastOnset = note.OnsetTick;
        }
        if (sum <= 0)
            return null;
        var isLine = count < ChordsFrom * onsets;
        var (chord, score) = Best(new Passage(weights, sum, lowest % 12, isLine, key));
        return (chord, score, isLine);
    }

    private static (Chord Chord, double Score) Best(in Passage passage)
    {
        var best = (Chord: Chord.None, Score: double.NegativeInfinity);
        for (var root = 0; root < 12; root++)
        {
            foreach (var quality in Triads)
                Consider(Chord.Of(root, quality), passage.IsLine && quality == ChordQuality.Diminished ? DiminishedOfLineCost : 0, passage, ref best);
            foreach (var quality in Sevenths)
                Consider(Chord.Of(root, quality), passage.IsLine && !IsDominant(root, quality, passage.Key) ? SeventhOfLineCost : SeventhCost, passage, ref best);
            if (passage.IsLine)
                continue;
            foreach (var quality in Rare)
                Consider(Chord.Of(root, quality), RareCost, passage, ref best);
        }
        return best;
    }

    private static void Consider(Chord chord, double cost, in Passage passage, ref (Chord Chord, double Score) best)
    {
        var score = -cost;
        for (var pitchClass = 0; pitchClass < 12; pitchClass++)
        {
            var share = passage.Weights[pitchClass] / passage.Sum;
            if (chord.Contains(pitchClass))
                score += share > 0 ? share : -MissingCost;
            else
                score -= ForeignCost * share;
        }
        score += chord.Root == passage.Lowest && !passage.IsLine ? LowestIsRoot : 0;
        if (passage.Key is { } key)
            score += (InKey * KeyShare(chord, key)) + (passage.IsLine ? Commonness(chord, key) : 0);
        if (score > best.Score)
            best = (chord, score);
    }

    private static double KeyShare(Chord chord, Key key)
    {
        var scale = Scale.Of(key.Mode).PitchClassesOn(key.TonicPitchClass);
        return BitOperations.PopCount((uint)(chord.PitchClasses & scale)) / (double)BitOperations.PopCount(chord.PitchClasses);
    }

    /// <summary>A line alone leaves the choice to the main chords of its key.</summary>
    private static double Commonness(Chord chord, Key key)
    {
        var isMinor = chord.Quality is ChordQuality.Minor or ChordQuality.MinorSeventh;
        var isMajor = chord.Quality is ChordQuality.Major or ChordQuality.Dominant or ChordQuality.MajorSeventh;
        var step = (chord.Root - key.TonicPitchClass + 12) % 12;
        return (key.Mode, step) switch
        {
            (Mode.Major, 0) when isMajor => TonicGain,
            (Mode.Major, 5 or 7) when isMajor => MainGain,
            (Mode.Major, 2 or 9) when isMinor => SideGain,
            (Mode.Minor, 0) when isMinor => TonicGain,
            (Mode.Minor, 5) when isMinor => MainGain,
            (Mode.Minor, 7) when isMajor => MainGain,
            (Mode.Minor, 3 or 8 or 10) when isMajor => SideGain,
            _ => 0,
        };
    }

    private static bool IsDominant(int root, ChordQuality quality, Key? key) =>
        quality == ChordQuality.Dominant && key is { } known && (root - known.TonicPitchClass + 12) % 12 == 7;

    /// <summary>What a stretch of music offers a chord.</summary>
    private readonly ref struct Passage(ReadOnlySpan<double> weights, double sum, int lowest, bool isLine, Key? key)
    {
        public ReadOnlySpan<double> Weights { get; } = weights; // [pitch class]

        public double Sum { get; } = sum;

        /// <summary>Pitch class of the lowest note.</summary>
        public int Lowest { get; } = lowest;

        /// <summary>One note at a time: its lowest note is no bass.</summary>
        public bool IsLine { get; } = isLine;

        public Key? Key { get; } = key;
    }
}
