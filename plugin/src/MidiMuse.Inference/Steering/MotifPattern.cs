using MidiMuse.Core.Notes;

namespace MidiMuse.Inference.Steering;

/// <summary>A motif that goes round and round: what it has at the corresponding place of any bar of its answer.</summary>
public sealed class MotifPattern
{
    private readonly GridNote[] _notes;

    /// <param name="notes">Sorted by onset, then pitch; ticks from the motif's start.</param>
    /// <param name="lengthTicks">The motif's length, whole bars.</param>
    /// <param name="anchorTick">A phrase tick at which the motif begins anew, such as the answer's start.</param>
    /// <exception cref="ArgumentOutOfRangeException">The motif has no length.</exception>
    public MotifPattern(ReadOnlySpan<GridNote> notes, long lengthTicks, long anchorTick = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lengthTicks, 1);
        _notes = notes.ToArray();
        LengthTicks = lengthTicks;
        AnchorTick = anchorTick;
    }

    public long LengthTicks { get; }

    public long AnchorTick { get; }

    public ReadOnlySpan<GridNote> Notes => _notes;

    /// <summary>The notes that begin in a stretch of the phrase, the motif repeated without end, in order.</summary>
    public void CopyTo(long startTick, long endTick, List<GridNote> notes)
    {
        notes.Clear();
        for (var origin = startTick - OffsetAt(startTick); origin < endTick; origin += LengthTicks)
        {
            foreach (var note in _notes)
            {
                var onset = origin + note.OnsetTick;
                if (note.OnsetTick < LengthTicks && onset >= startTick && onset < endTick)
                    notes.Add(note with { OnsetTick = onset });
            }
        }
    }

    /// <summary>Ticks since the motif last began anew.</summary>
    public long OffsetAt(long tick) => (((tick - AnchorTick) % LengthTicks) + LengthTicks) % LengthTicks;
}
