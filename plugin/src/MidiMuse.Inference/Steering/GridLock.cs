using MidiMuse.Core.Notes;

namespace MidiMuse.Inference.Steering;

/// <summary>Every note begins on a grid that starts at the bar line.</summary>
/// <param name="gridTicks">Grid ticks from one place to the next: 24 quarters, 8 eighth-note triplets. Of several, any will do.</param>
public sealed class GridLock(params int[] gridTicks) : BarSteering
{
    /// <summary>32nd notes, and the triplets of sixteenths.</summary>
    private static readonly int[] Written = [3, 4];

    private long _startTick;

    /// <summary>
    /// Who writes on the grid stays on it. After four bars on it, 11 of 15,400 held-out notes were off it in the next four
    /// (tier A; of 10,300 of tier B none), while a network that has learnt drums from people's hands played every seventh
    /// stroke of an answer to a drawn beat a little beside it.
    /// </summary>
    /// <returns>Null where a note of the motif is off it: a motif from a player's hands, whose answers may be where they like.</returns>
    public static GridLock? OfMotif(ReadOnlySpan<GridNote> motif, int barTicks)
    {
        foreach (var note in motif)
        {
            if (!IsOn(note.OnsetTick % barTicks, Written))
                return null;
        }
        return new GridLock(Written);
    }

    public override void Begin(long startTick, long endTick) => _startTick = startTick;

    public override bool MayBegin(long tick) => IsOn(tick - _startTick, gridTicks);

    private static bool IsOn(long tickOfBar, int[] gridTicks)
    {
        foreach (var ticks in gridTicks)
        {
            if (tickOfBar % ticks == 0)
                return true;
        }
        return false;
    }
}
