namespace MidiMuse.Inference.Steering;

/// <summary>Every note begins on a grid that starts at the bar line.</summary>
/// <param name="gridTicks">Grid ticks from one place to the next: 24 quarters, 8 eighth-note triplets.</param>
public sealed class GridLock(int gridTicks) : BarSteering
{
    private long _startTick;

    public override void Begin(long startTick, long endTick) => _startTick = startTick;

    public override bool MayBegin(long tick) => (tick - _startTick) % gridTicks == 0;
}
