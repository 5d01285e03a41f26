using MidiMuse.Core.Events;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Models.Corpus;

namespace MidiMuse.Models.Shards;

/// <summary>
/// Cuts parts into phrases that a model reads from an empty memory: each begins on the bar line of its first note,
/// stays in one meter, and holds no rest longer than the longest time shift.
/// </summary>
public sealed class PhraseCutter
{
    /// <summary>Shorter scraps, such as the one bar between two changes of meter, teach nothing.</summary>
    public const int FewestNotes = 4;

    private static readonly int LongestShift = NoteEventVocabulary.TimeShiftToTicks(NoteEventVocabulary.TimeShiftValues - 1);

    private readonly int _mostNotes;

    /// <param name="mostNotes">Notes of a phrase at most.</param>
    public PhraseCutter(int mostNotes)
    {
        _mostNotes = mostNotes;
    }

    /// <param name="firstMostNotes">
    /// Limit of each stretch's first phrase: another value moves all later cuts to other bar lines.
    /// </param>
    public IEnumerable<Phrase> Cut(Piece piece, Part part, int firstMostNotes)
    {
        var pieceEnd = piece.EndTick;
        foreach (var stretch in MeterStretch.Of(piece))
        {
            var notes = OnGrid(part.Notes, stretch);
            var endsPiece = notes.Count > 0 && EndsPiece(part, stretch, pieceEnd);
            foreach (var (first, count) in Ranges(notes, stretch.Meter.BarTicks, firstMostNotes))
            {
                if (count < FewestNotes)
                    continue;
                yield return ToPhrase(piece, part, stretch, notes, first, count, endsPiece && first + count == notes.Count);
            }
        }
    }

    /// <summary>The notes of a stretch in grid ticks from its start, sorted; of equal onsets and pitches the longest.</summary>
    internal static List<GridNote> OnGrid(IReadOnlyList<SourceNote> source, MeterStretch stretch)
    {
        var end = stretch.EndTick == long.MaxValue ? long.MaxValue : stretch.ToGrid(stretch.EndTick);
        var notes = new List<GridNote>();
        foreach (var note in source)
        {
            var onset = stretch.ToGrid(note.Onset);
            if (onset < 0 || onset >= end)
                continue;
            var duration = Math.Max(1, (int)Math.Round(note.Duration / (double)MeterStretch.GridTick));
            notes.Add(new GridNote(onset, duration, note.Pitch, note.Velocity));
        }
        return [.. notes
            .OrderBy(n => n.OnsetTick).ThenBy(n => n.Pitch).ThenByDescending(n => n.DurationTicks)
            .DistinctBy(n => (n.OnsetTick, n.Pitch))];
    }

    private IEnumerable<(int First, int Count)> Ranges(List<GridNote> notes, int barTicks, int firstMostNotes)
    {
        var most = firstMostNotes;
        var first = 0;
        while (first < notes.Count)
        {
            var next = first + 1;
            while (next < notes.Count && next - first < most && notes[next].OnsetTick - notes[next - 1].OnsetTick <= LongestShift)
                next++;
            yield return (first, next - first);
            first = next == notes.Count || IsRest(notes, next) ? next : FirstOfBar(notes, next, first, barTicks);
            most = _mostNotes;
        }
    }

    private static bool IsRest(List<GridNote> notes, int next) => notes[next].OnsetTick - notes[next - 1].OnsetTick > LongestShift;

    /// <summary>The first note of the bar that the limit has split, or of the next bar where the phrase is that bar.</summary>
    private static int FirstOfBar(List<GridNote> notes, int next, int first, int barTicks)
    {
        var bar = notes[next].OnsetTick / barTicks;
        var begin = next;
        while (begin > first && notes[begin - 1].OnsetTick / barTicks == bar)
            begin--;
        if (begin > first)
            return begin;
        while (next < notes.Count && notes[next].OnsetTick / barTicks == bar)
            next++;
        return next;
    }

    private static Phrase ToPhrase(Piece piece, Part part, MeterStretch stretch, List<GridNote> notes, int first, int count, bool endsPiece)
    {
        var barTicks = stretch.Meter.BarTicks;
        var barLine = notes[first].OnsetTick / barTicks * barTicks;
        var moved = new GridNote[count];
        for (var i = 0; i < count; i++)
            moved[i] = notes[first + i] with { OnsetTick = notes[first + i].OnsetTick - barLine };
        var key = part.Role == Role.Drums ? null : KeyAt(piece, stretch.StartTick + (barLine * MeterStretch.GridTick), moved);
        return new Phrase(new PhraseContext(stretch.Meter, part.Role, key), moved, part.VelocityIsKnown, endsPiece)
        {
            Surroundings = SurroundingsOf(piece, stretch, barLine, moved[^1].OnsetTick, key?.Mode),
        };
    }

    /// <param name="barLine">Where the phrase begins, in grid ticks of the stretch.</param>
    private static PhraseSurroundings SurroundingsOf(Piece piece, MeterStretch stretch, long barLine, long lastTick, Mode? mode)
    {
        long ToPhrase(long sourceTick) => stretch.ToGrid(sourceTick) - barLine;
        var chords = piece.Chords.Select(c => (Tick: ToPhrase(c.Tick), c.Chord)).Where(c => c.Tick <= lastTick).ToArray();
        var current = Array.FindLastIndex(chords, c => c.Tick <= 0);
        var ends = piece.Sections.Append(piece.EndTick).Select(ToPhrase).Where(t => t > 0).Order();
        return new PhraseSurroundings(PieceStyle.Of(piece), mode, chords[Math.Max(0, current)..], [.. ends]);
    }

    /// <summary>The key that the signature at a source tick means for these notes; null where there is none.</summary>
    internal static Key? KeyAt(Piece piece, long tick, GridNote[] notes)
    {
        KeyChange? current = null;
        foreach (var change in piece.Keys)
        {
            if (change.Tick > tick)
                break;
            current = change;
        }
        return current is { } key ? Key.FromFifths(key.Fifths, key.Mode ?? RelativeMode.Of(key.Fifths, notes)) : null;
    }

    /// <summary>A part that falls silent long before the others has not ended the piece.</summary>
    private static bool EndsPiece(Part part, MeterStretch stretch, long pieceEnd)
    {
        if (part.Notes[^1].Onset >= stretch.EndTick)
            return false;
        var last = part.Notes[^1];
        return pieceEnd - (last.Onset + last.Duration) <= stretch.Meter.BarTicks * MeterStretch.GridTick;
    }
}
