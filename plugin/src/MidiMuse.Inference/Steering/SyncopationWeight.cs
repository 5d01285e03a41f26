using MidiMuse.Core.Rhythm;
using MidiMuse.Core.Time;

namespace MidiMuse.Inference.Steering;

/// <summary>Onsets between the beats (above 0) or on them (below 0), by their <see cref="MetricalLevel"/>.</summary>
/// <param name="amount">-1..1; 1 gives the halves of beats up to 5 nats and takes as much from the beats.</param>
public sealed class SyncopationWeight(Meter meter, double amount) : BarSteering
{
    private const double Nats = 5;

    private long _startTick;

    public override void Begin(long startTick, long endTick) => _startTick = startTick;

    public override double OnsetNats(in NextNote coming, long tick)
    {
        if (tick >= coming.EndTick || tick == coming.LastOnsetTick)
            return 0;
        var level = MetricalLevel.At(meter, tick - _startTick);
        return Nats * (amount > 0 ? amount * OffBeat(level) : -amount * OnBeat(level));
    }

    private static double OffBeat(int level) => level switch
    {
        MetricalLevel.BarLine => -0.7,
        MetricalLevel.StrongBeat => -1,
        MetricalLevel.Beat => -0.8,
        MetricalLevel.HalfBeat => 1,
        MetricalLevel.QuarterBeat => 0.5,
        _ => -0.3,
    };

    private static double OnBeat(int level) => level switch
    {
        MetricalLevel.BarLine or MetricalLevel.StrongBeat => 1,
        MetricalLevel.Beat => 0.7,
        MetricalLevel.HalfBeat => -0.7,
        _ => -1,
    };
}
