using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Answers;

namespace MidiMuse.Engine.Capture;

/// <summary>Between the host's timeline and a phrase's grid ticks.</summary>
public static class PhraseGrid
{
    /// <summary>
    /// Quantises notes to grid ticks from the phrase's start, sorted by onset, then pitch. Notes that round to before
    /// the start or to the end or later are not part of the phrase; of two notes of one pitch at one tick the louder
    /// one stays; a note ends where the same pitch begins again, and at the latest at the phrase's end.
    /// </summary>
    public static GridNote[] Quantise(ReadOnlySpan<TimelineNote> notes, double startPpq, double endPpq)
    {
        var lengthTicks = GridTime.ToTick(endPpq - startPpq);
        var grid = new List<GridNote>(notes.Length);
        foreach (var note in notes)
        {
            var onset = GridTime.ToTick(note.OnsetPpq - startPpq);
            if (onset < 0 || onset >= lengthTicks)
                continue;
            var end = Math.Min(GridTime.ToTick(note.EndPpq - startPpq), lengthTicks);
            grid.Add(new GridNote(onset, (int)Math.Max(1, end - onset), note.Pitch, note.Velocity));
        }
        grid.Sort(static (a, b) => (a.OnsetTick, a.Pitch, -a.Velocity).CompareTo((b.OnsetTick, b.Pitch, -b.Velocity)));
        return WithoutOverlaps(grid);
    }

    public static TimelineNote ToTimeline(in GridNote note, double phraseStartPpq, byte channel) => new(
        phraseStartPpq + GridTime.ToPpq(note.OnsetTick),
        phraseStartPpq + GridTime.ToPpq(note.EndTick),
        channel,
        (byte)note.Pitch,
        (byte)Math.Clamp(note.Velocity, 1, 127));

    private static GridNote[] WithoutOverlaps(List<GridNote> sorted)
    {
        var kept = new List<GridNote>(sorted.Count);
        Span<int> lastOfPitch = stackalloc int[128]; // [pitch] index in kept, or -1
        lastOfPitch.Fill(-1);
        foreach (var note in sorted)
        {
            if (lastOfPitch[note.Pitch] is >= 0 and var last)
            {
                if (kept[last].OnsetTick == note.OnsetTick)
                    continue;
                if (kept[last].EndTick > note.OnsetTick)
                    kept[last] = kept[last] with { DurationTicks = (int)(note.OnsetTick - kept[last].OnsetTick) };
            }
            lastOfPitch[note.Pitch] = kept.Count;
            kept.Add(note);
        }
        return [.. kept];
    }
}
