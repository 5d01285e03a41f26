using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Models.Corpus;

namespace MidiMuse.Models.Shards;

/// <summary>
/// The chords of a piece: those that its source names or, where it names none, what all its pitched parts together
/// sound like in each half bar (each bar, where a bar has no two halves of whole beats), by <see cref="ChordMatcher"/>.
/// </summary>
public static class PieceHarmony
{
    public static IReadOnlyList<ChordChange> Of(Piece piece) => piece.Chords.Count > 0 ? piece.Chords : Derive(piece);

    private static List<ChordChange> Derive(Piece piece)
    {
        var notes = piece.Tracks.Where(t => t.Role != Role.Drums).SelectMany(t => t.Notes).OrderBy(n => n.Onset).ToArray();
        var chords = new List<ChordChange>();
        if (notes.Length == 0)
            return chords;
        var longest = notes.Max(n => n.Duration);
        var first = 0;
        foreach (var (start, end) in Units(piece, notes.Max(n => n.Onset + n.Duration)))
        {
            while (first < notes.Length && notes[first].Onset + longest <= start)
                first++;
            var chord = Find(notes.AsSpan(first), start, end);
            if (chords.Count == 0 || chords[^1].Chord != chord)
                chords.Add(new ChordChange(start, chord));
        }
        return chords;
    }

    private static IEnumerable<(long Start, long End)> Units(Piece piece, long pieceEnd)
    {
        foreach (var stretch in MeterStretch.Of(piece))
        {
            var bar = stretch.Meter.BarTicks * (long)MeterStretch.GridTick;
            var unit = stretch.Meter.Numerator is 4 or 12 ? bar / 2 : bar;
            for (var start = stretch.StartTick; start < Math.Min(stretch.EndTick, pieceEnd); start += unit)
                yield return (start, start + unit);
        }
    }

    private static Chord? Find(ReadOnlySpan<SourceNote> notes, long start, long end)
    {
        Span<double> weights = stackalloc double[12]; // [pitch class] source ticks
        weights.Clear();
        var lowest = int.MaxValue;
        foreach (ref readonly var note in notes)
        {
            if (note.Onset >= end)
                break;
            var overlap = Math.Min(end, note.Onset + note.Duration) - Math.Max(start, note.Onset);
            if (overlap <= 0)
                continue;
            weights[note.Pitch % 12] += overlap;
            lowest = Math.Min(lowest, note.Pitch);
        }
        return lowest == int.MaxValue ? null : ChordMatcher.Find(weights, lowest % 12);
    }
}
