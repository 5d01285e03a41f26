using MidiMuse.Core.Notes;
using MidiMuse.Models.Shards;

namespace MidiMuse.Models.Originality;

/// <summary>A part from its first note to its last, whatever its meters are.</summary>
public static class GridPart
{
    /// <summary>The notes in grid ticks from the piece's start, sorted by onset, then pitch; of equal ones the longest.</summary>
    public static GridNote[] Of(Part part) =>
    [
        .. part.Notes
            .Select(n => new GridNote(
                (long)Math.Floor((n.Onset / (double)MeterStretch.GridTick) + 0.5),
                Math.Max(1, (int)Math.Round(n.Duration / (double)MeterStretch.GridTick)),
                n.Pitch,
                n.Velocity))
            .OrderBy(n => n.OnsetTick).ThenBy(n => n.Pitch).ThenByDescending(n => n.DurationTicks)
            .DistinctBy(n => (n.OnsetTick, n.Pitch)),
    ];
}
