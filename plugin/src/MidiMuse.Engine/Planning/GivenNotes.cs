using MidiMuse.Core.Notes;

namespace MidiMuse.Engine.Planning;

/// <summary>
/// Joins new notes with notes that stay as they are: locked ones, those of an earlier section, those of the next bar.
/// New notes give way.
/// </summary>
public static class GivenNotes
{
    /// <summary>Leaves of the new notes those that fit around the given ones, and adds these.</summary>
    /// <param name="notes">The new notes, sorted by onset; afterwards both, sorted by onset, then pitch.</param>
    /// <param name="windows">Where new notes may begin; null = anywhere.</param>
    /// <param name="voices">How many notes may sound at once.</param>
    public static void Merge(List<GridNote> notes, ReadOnlySpan<GridNote> given, IReadOnlyList<(long FromTick, long UntilTick)>? windows, int voices)
    {
        if (windows is not null)
            notes.RemoveAll(note => !windows.Any(window => note.OnsetTick >= window.FromTick && note.OnsetTick < window.UntilTick));
        foreach (var fixedNote in given)
            notes.Remove(fixedNote); // a model that knows of given notes has them already
        var all = new List<GridNote>(given.Length + notes.Count);
        all.AddRange(given);
        foreach (var note in notes)
        {
            if (Fit(note, all, voices) is { } fitting)
                all.Add(fitting);
        }
        all.Sort(static (a, b) => (a.OnsetTick, a.Pitch).CompareTo((b.OnsetTick, b.Pitch)));
        notes.Clear();
        notes.AddRange(all);
    }

    /// <summary>Ends notes before what comes after them: the same pitch, or any where one voice is all there is.</summary>
    public static void TrimBefore(List<GridNote> notes, IEnumerable<GridNote> following, int voices)
    {
        foreach (var next in following)
        {
            for (var i = 0; i < notes.Count; i++)
            {
                if (notes[i].EndTick > next.OnsetTick && notes[i].OnsetTick < next.OnsetTick && (voices <= 1 || notes[i].Pitch == next.Pitch))
                    notes[i] = notes[i] with { DurationTicks = (int)(next.OnsetTick - notes[i].OnsetTick) };
            }
        }
    }

    /// <summary>The note, shortened where that is enough; null where there is no room.</summary>
    private static GridNote? Fit(GridNote note, List<GridNote> others, int voices)
    {
        var sounding = 0;
        foreach (var other in others)
        {
            var overlaps = other.OnsetTick < note.EndTick && other.EndTick > note.OnsetTick;
            if (!overlaps)
                continue;
            var isUnderWay = other.OnsetTick <= note.OnsetTick;
            if (isUnderWay && (other.Pitch == note.Pitch || ++sounding >= Math.Max(1, voices)))
                return null;
            if (!isUnderWay && (other.Pitch == note.Pitch || voices <= 1))
                note = note with { DurationTicks = (int)(other.OnsetTick - note.OnsetTick) };
        }
        return WithinVoices(note, others, voices);
    }

    /// <summary>Ends the note before the tick at which it would be one voice too many.</summary>
    private static GridNote WithinVoices(GridNote note, List<GridNote> others, int voices)
    {
        foreach (var onset in others.Where(other => other.OnsetTick > note.OnsetTick && other.OnsetTick < note.EndTick).Select(other => other.OnsetTick).Order())
        {
            if (others.Count(other => other.OnsetTick <= onset && other.EndTick > onset) >= Math.Max(1, voices))
                return note with { DurationTicks = (int)(onset - note.OnsetTick) };
        }
        return note;
    }
}
