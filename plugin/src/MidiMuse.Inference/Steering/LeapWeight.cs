namespace MidiMuse.Inference.Steering;

/// <summary>Steps (up to a whole tone) below 0, leaps above, from one onset to the next.</summary>
/// <param name="amount">-1..1; at -1 a leap of a fourth or more costs 5 nats, at 1 a step or a repetition does.</param>
public sealed class LeapWeight(double amount) : BarSteering
{
    private const int WidestStep = 2;

    /// <summary>A third costs a part of what a fourth and all wider leaps cost.</summary>
    private const double FullLeapSemitones = 3;

    private const double Nats = 5;

    public override void WeighPitches(in NextNote coming, Span<float> logits)
    {
        if (coming.LastPitch < 0 || coming.JoinsChord)
            return;
        for (var pitch = 0; pitch < logits.Length; pitch++)
        {
            var beyondStep = Math.Abs(pitch - coming.LastPitch) - WidestStep;
            if (amount < 0 && beyondStep > 0)
                logits[pitch] += (float)(Nats * amount * Math.Min(1, beyondStep / FullLeapSemitones));
            else if (amount > 0 && beyondStep <= 0)
                logits[pitch] -= (float)(Nats * amount);
        }
    }
}
