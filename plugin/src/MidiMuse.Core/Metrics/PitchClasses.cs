using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;

namespace MidiMuse.Core.Metrics;

/// <summary>
/// Measures on pitch classes as MusPy defines them (Dong, Chen, McAuley, Berg-Kirkpatrick, ISMIR 2020, after Wu and
/// Yang, ISMIR 2020, and Mogren 2016). Every note counts once. Meaningless for drums.
/// </summary>
public static class PitchClasses
{
    /// <summary>Entropy of the pitch-class histogram, 0..log2 12 bits. Null without notes.</summary>
    public static double? Entropy(IEnumerable<GridNote> notes)
    {
        var counts = Histogram(notes);
        double total = counts.Sum();
        return total == 0 ? null : counts.Where(c => c > 0).Sum(c => -(c / total) * Math.Log2(c / total));
    }

    /// <summary>The greatest share of notes that one major or natural minor scale holds. Null without notes.</summary>
    public static double? ScaleConsistency(IEnumerable<GridNote> notes)
    {
        var counts = Histogram(notes);
        double total = counts.Sum();
        if (total == 0)
            return null;
        // A natural minor scale has the notes of its relative major.
        return Enumerable.Range(0, 12).Max(tonic => Within(counts, Scale.Major.PitchClassesOn(tonic)) / total);
    }

    /// <summary>Share of notes outside of a key; in minor the raised sixth and seventh degrees belong to it. Null without notes.</summary>
    public static double? OutOfKey(IEnumerable<GridNote> notes, Key key)
    {
        var counts = Histogram(notes);
        double total = counts.Sum();
        var scale = key.Mode == Mode.Major
            ? Scale.Major.PitchClassesOn(key.TonicPitchClass)
            : (ushort)(Scale.NaturalMinor.PitchClassesOn(key.TonicPitchClass) | Scale.MelodicMinor.PitchClassesOn(key.TonicPitchClass));
        return total == 0 ? null : 1 - (Within(counts, scale) / total);
    }

    private static int[] Histogram(IEnumerable<GridNote> notes)
    {
        var counts = new int[12];
        foreach (var note in notes)
            counts[note.Pitch % 12]++;
        return counts;
    }

    private static int Within(int[] counts, ushort pitchClasses) =>
        Enumerable.Range(0, 12).Where(pc => (pitchClasses >> pc & 1) != 0).Sum(pc => counts[pc]);
}
