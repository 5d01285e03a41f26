using MidiMuse.Core.Events;
using MidiMuse.Inference.Heads;

namespace MidiMuse.Inference.Transformer;

/// <summary>The heads of a <see cref="QuantisedNetwork"/>.</summary>
/// <param name="context">What the backbone leaves for the heads. // [width] f32</param>
internal sealed class QuantisedHeads(QuantisedNetwork network, float[] context) : IEventHeads
{
    private readonly QuantisedVector _codes = new(network.Width);
    private readonly float[] _scratch = new float[network.Width];
    private readonly float[] _pitchContext = new float[network.Width];
    private readonly float[] _durationContext = new float[network.Width];
    private readonly float[] _velocityContext = new float[network.Width];
    private readonly float[] _pitchLogits = new float[NoteEventVocabulary.PitchTargets];
    private readonly float[] _durationLogits = new float[NoteEventVocabulary.DurationTargets];
    private readonly float[] _velocityLogits = new float[NoteEventVocabulary.VelocityTargets];

    public ReadOnlySpan<float> Pitch(int timeShift, int position, int barPhase, int chord)
    {
        context.CopyTo(_pitchContext, 0);
        network.Pitch.Apply(_pitchContext, [timeShift, position, barPhase, chord], _codes, _scratch, _pitchLogits);
        return _pitchLogits;
    }

    public ReadOnlySpan<float> Duration(int pitch)
    {
        _pitchContext.CopyTo(_durationContext, 0);
        network.Duration.Apply(_durationContext, [pitch], _codes, _scratch, _durationLogits);
        return _durationLogits;
    }

    public ReadOnlySpan<float> Velocity(int duration)
    {
        _durationContext.CopyTo(_velocityContext, 0);
        network.Velocity.Apply(_velocityContext, [duration], _codes, _scratch, _velocityLogits);
        return _velocityLogits;
    }

    public void Dispose()
    {
    }
}
