using MidiMuse.Core.Notes;
using MidiMuse.Inference.Sampling;
using MidiMuse.Inference.Steering;

namespace MidiMuse.Engine.Planning;

/// <summary>
/// The answer that needs no model: the motif's bars come back, moved by steps of the allowed pitches. It stands in
/// the schedule before the model starts on a bar and sounds only where the model is missing or late.
/// </summary>
public static class MotifVariation
{
    /// <summary>Steps along the allowed pitches by which successive repetitions of the motif are moved.</summary>
    private static readonly int[] StepsOfRepetition = [0, 1, -1, 2];

    /// <summary>One bar of the varied motif.</summary>
    /// <param name="motif">Anchored where the answer begins.</param>
    /// <param name="startTick">The bar to fill, in phrase ticks.</param>
    /// <param name="endTick">The bar's end.</param>
    /// <param name="allowed">Pitches that may be used.</param>
    /// <param name="isPitched">False for drums: nothing is moved.</param>
    /// <param name="notes">Receives the notes; cleared first.</param>
    public static void Fill(MotifPattern motif, long startTick, long endTick, ClassMask allowed, bool isPitched, List<GridNote> notes)
    {
        motif.CopyTo(startTick, endTick, notes);
        // The motif itself is the first time round; its answer begins with the second.
        var repetition = 1 + Math.Max(0, (startTick - motif.AnchorTick) / motif.LengthTicks);
        var steps = isPitched ? StepsOfRepetition[(int)(repetition % StepsOfRepetition.Length)] : 0;
        for (var i = 0; i < notes.Count; i++)
        {
            var note = notes[i];
            var duration = (int)Math.Min(note.DurationTicks, endTick - note.OnsetTick);
            notes[i] = note with { DurationTicks = duration, Pitch = isPitched ? Move(note.Pitch, steps, allowed) : note.Pitch };
        }
        RemoveUnisons(notes);
    }

    private static int Move(int pitch, int steps, ClassMask allowed)
    {
        var moved = allowed.Nearest(pitch);
        var direction = Math.Sign(steps);
        for (var i = 0; i < Math.Abs(steps); i++)
        {
            var next = moved + direction;
            while (next is >= 0 and < 128 && !allowed.Contains(next))
                next += direction;
            if (next is < 0 or > 127)
                break;
            moved = next;
        }
        return moved;
    }

    private static void RemoveUnisons(List<GridNote> notes)
    {
        notes.Sort(static (a, b) => (a.OnsetTick, a.Pitch).CompareTo((b.OnsetTick, b.Pitch)));
        for (var i = notes.Count - 1; i > 0; i--)
        {
            if (notes[i].OnsetTick == notes[i - 1].OnsetTick && notes[i].Pitch == notes[i - 1].Pitch)
                notes.RemoveAt(i);
        }
        for (var i = 0; i < notes.Count; i++)
        {
            for (var j = i + 1; j < notes.Count && notes[j].OnsetTick < notes[i].EndTick; j++)
            {
                if (notes[j].Pitch == notes[i].Pitch)
                    notes[i] = notes[i] with { DurationTicks = (int)(notes[j].OnsetTick - notes[i].OnsetTick) };
            }
        }
    }
}
