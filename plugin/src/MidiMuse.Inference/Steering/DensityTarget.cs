using MidiMuse.Core.Events;

namespace MidiMuse.Inference.Steering;

/// <summary>
/// How many onsets a bar has; a chord counts once. A weight: after each note the distance to the next one is pulled
/// towards what is left of the bar, shared among the onsets that are still due. A distance that is half or twice that
/// costs two nats; so does a note that lasts twice as long as there is time for it, because in a line it would stand
/// in the way of the next one.
/// </summary>
/// <param name="onsetsPerTick">The target.</param>
public sealed class DensityTarget(double onsetsPerTick) : BarSteering
{
    /// <summary>Of the logarithm of a distance: ln 2 of difference cost two nats.</summary>
    private const double Deviation = 0.3466;

    private const double MostNats = 8;

    public override double OnsetNats(in NextNote coming, long tick)
    {
        if (coming.OnsetsInBar == 0)
            return -First(coming, tick);
        if (tick == coming.LastOnsetTick)
            return 0;
        var due = (onsetsPerTick * (coming.EndTick - coming.StartTick)) - coming.OnsetsInBar;
        var leftTicks = (double)(coming.EndTick - coming.LastOnsetTick);
        var distanceTicks = tick >= coming.EndTick ? leftTicks : tick - coming.LastOnsetTick;
        if (due < 0)
            return tick >= coming.EndTick ? 0 : -Math.Min(MostNats, 2 - (4 * due));
        return -Cost(distanceTicks * (due + 1) / leftTicks);
    }

    public override void WeighDurations(in NextNote coming, Span<float> logits)
    {
        var onsets = coming.OnsetsInBar + (coming.JoinsChord && coming.OnsetsInBar > 0 ? 0 : 1);
        var due = (onsetsPerTick * (coming.EndTick - coming.StartTick)) - onsets;
        var distanceTicks = (coming.EndTick - coming.OnsetTick) / (Math.Max(0, due) + 1);
        for (var duration = 0; duration < logits.Length; duration++)
        {
            var ratio = NoteEventVocabulary.DurationToTicks(duration) / distanceTicks;
            if (ratio > 1)
                logits[duration] -= (float)Cost(ratio);
        }
    }

    private double First(in NextNote coming, long tick)
    {
        var offset = Math.Min(tick, coming.EndTick) - coming.StartTick;
        var inDistances = offset * onsetsPerTick;
        return Math.Min(MostNats, 2 * inDistances * inDistances);
    }

    private static double Cost(double ratio)
    {
        var deviations = Math.Log(ratio) / Deviation;
        return Math.Min(MostNats, 0.5 * deviations * deviations);
    }
}
