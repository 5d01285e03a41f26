using MidiMuse.Inference.Sampling;

namespace MidiMuse.Inference.Steering;

/// <summary>Pitches that are not drawn, such as the drums whose pattern is kept; given notes may have them.</summary>
public sealed class PitchExclusion(ClassMask allowed) : BarSteering
{
    public override ClassMask LimitPitches(in NextNote coming, long tick, in ClassMask pitches) => pitches & allowed;
}
