using MidiMuse.Core.Notes;

namespace MidiMuse.Core.Originality;

/// <summary>A single line heard in a part: its highest or its lowest notes.</summary>
public static class MusicalLine
{
    /// <summary>A line's note that still lasts a sixteenth or more is not over: what sounds under (or above) it accompanies.</summary>
    private const int StillSoundingTicks = 6;

    /// <summary>A part with fewer extra notes is one line with a few double stops.</summary>
    private const double PolyphonicShare = 1.15;

    /// <summary>Copies the notes of the highest or lowest line; at most one for each onset.</summary>
    /// <param name="notes">Sorted by onset, then pitch.</param>
    /// <param name="line">As long as <paramref name="notes"/>.</param>
    /// <returns>Number of notes written.</returns>
    public static int Extract(ReadOnlySpan<GridNote> notes, bool lowest, Span<GridNote> line)
    {
        var count = 0;
        for (var first = 0; first < notes.Length;)
        {
            var next = first + 1;
            while (next < notes.Length && notes[next].OnsetTick == notes[first].OnsetTick)
                next++;
            var note = notes[lowest ? first : next - 1];
            if (count == 0 || !Accompanies(note, line[count - 1], lowest))
                line[count++] = note;
            first = next;
        }
        return count;
    }

    /// <summary>Whether a part has a lowest line worth looking at beside the highest.</summary>
    public static bool IsPolyphonic(int notes, int notesOfHighestLine) => notes >= PolyphonicShare * notesOfHighestLine;

    /// <summary>Writes the elements of a line.</summary>
    /// <returns>Number of elements: two fewer than notes, 0 for fewer than three.</returns>
    public static int Elements(ReadOnlySpan<GridNote> line, Span<ushort> elements)
    {
        for (var i = 2; i < line.Length; i++)
        {
            elements[i - 2] = LineElement.Of(
                line[i].Pitch - line[i - 1].Pitch,
                line[i].OnsetTick - line[i - 1].OnsetTick,
                line[i - 1].OnsetTick - line[i - 2].OnsetTick);
        }
        return Math.Max(0, line.Length - 2);
    }

    private static bool Accompanies(in GridNote note, in GridNote lineNote, bool lowest) =>
        lineNote.EndTick - note.OnsetTick >= StillSoundingTicks
        && (lowest ? note.Pitch > lineNote.Pitch : note.Pitch < lineNote.Pitch);
}
