using MidiMuse.Core.Notes;

namespace MidiMuse.Core.Baselines;

/// <summary>
/// Continues a motif by playing it again: what every model must beat, and what sounds when no model is ready.
/// </summary>
public static class MotifCopy
{
    /// <param name="motif">Onsets from 0 to <paramref name="motifTicks"/>, sorted.</param>
    /// <param name="motifTicks">Length of the motif, whole bars; at least 1.</param>
    /// <param name="fromTick">Where the answer begins, from the end of the motif.</param>
    /// <param name="toTick">Where it ends, exclusive.</param>
    /// <returns>
    /// Notes with onsets from the end of the motif, sorted. A note that lasted beyond the motif's end stops where the
    /// next repetition begins.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The motif has no length.</exception>
    public static IEnumerable<GridNote> Continue(IReadOnlyList<GridNote> motif, int motifTicks, long fromTick, long toTick)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(motifTicks, 1);
        return Repetitions(motif, motifTicks, fromTick, toTick);
    }

    private static IEnumerable<GridNote> Repetitions(IReadOnlyList<GridNote> motif, int motifTicks, long fromTick, long toTick)
    {
        for (var start = fromTick / motifTicks * motifTicks; start < toTick && motif.Count > 0; start += motifTicks)
        {
            foreach (var note in motif)
            {
                var onset = start + note.OnsetTick;
                if (note.OnsetTick >= motifTicks || onset < fromTick || onset >= toTick)
                    continue;
                var longest = Math.Min(motifTicks - note.OnsetTick, toTick - onset);
                yield return note with { OnsetTick = onset, DurationTicks = (int)Math.Min(note.DurationTicks, longest) };
            }
        }
    }
}
