using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;

namespace MidiMuse.Core.Patterns;

/// <summary>Notes on the grid as a pattern.</summary>
public static class PatternReader
{
    /// <param name="notes">Sorted by onset, then pitch.</param>
    /// <param name="startTick">The pattern's first tick.</param>
    /// <param name="steps">Length of the pattern.</param>
    /// <param name="pattern">Receives the notes that begin within it, sorted by step, then pitch, without unisons; its length limits them.</param>
    /// <returns>Number of notes written.</returns>
    public static int Read(ReadOnlySpan<GridNote> notes, long startTick, int steps, PatternFrame frame, Span<PatternNote> pattern)
    {
        var count = 0;
        foreach (ref readonly var note in notes)
        {
            var tick = note.OnsetTick - startTick;
            if (tick < 0 || tick >= PatternVocabulary.Quarters * GridTime.TicksPerQuarter || count == pattern.Length)
                continue;
            var step = PatternVocabulary.StepFromTick((int)tick);
            // What is played a little early for the bar line after the pattern belongs to that bar.
            if (step >= steps)
                continue;
            Insert(pattern, ref count, new PatternNote((byte)step, (byte)frame.ToClass(note.Pitch), (byte)PatternVocabulary.DurationFromTicks(note.DurationTicks)));
        }
        return count;
    }

    private static void Insert(Span<PatternNote> pattern, ref int count, PatternNote note)
    {
        var at = count;
        while (at > 0 && (pattern[at - 1].Step, pattern[at - 1].Pitch).CompareTo((note.Step, note.Pitch)) > 0)
            at--;
        if (at > 0 && pattern[at - 1].Step == note.Step && pattern[at - 1].Pitch == note.Pitch)
        {
            pattern[at - 1] = note with { Duration = Math.Max(note.Duration, pattern[at - 1].Duration) };
            return;
        }
        pattern[at..count].CopyTo(pattern[(at + 1)..]);
        pattern[at] = note;
        count++;
    }
}
