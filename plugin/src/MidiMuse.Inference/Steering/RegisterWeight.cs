namespace MidiMuse.Inference.Steering;

/// <summary>A weight towards a register: a pitch six semitones away from its middle costs half a nat, twelve two.</summary>
public sealed class RegisterWeight(double middlePitch) : BarSteering
{
    public override void WeighPitches(in NextNote coming, Span<float> logits)
    {
        for (var pitch = 0; pitch < logits.Length; pitch++)
        {
            var distance = (pitch - middlePitch) / 6;
            logits[pitch] -= (float)(0.5 * distance * distance);
        }
    }
}
