using MidiMuse.Core.Events;
using MidiMuse.Inference.Runtime;

namespace MidiMuse.Inference.Heads;

/// <summary>The heads as graphs, bound one after the other. [engine]</summary>
internal sealed class GraphHeads : IEventHeads
{
    private readonly long[] _timeShift = BoundGraph.Buffer<long>(1);
    private readonly long[] _position = BoundGraph.Buffer<long>(1);
    private readonly long[] _barPhase = BoundGraph.Buffer<long>(1);
    private readonly long[] _chord = BoundGraph.Buffer<long>(1);
    private readonly long[] _pitch = BoundGraph.Buffer<long>(1);
    private readonly long[] _duration = BoundGraph.Buffer<long>(1);
    private readonly float[] _pitchLogits = BoundGraph.Buffer<float>(NoteEventVocabulary.PitchTargets);
    private readonly float[] _durationLogits = BoundGraph.Buffer<float>(NoteEventVocabulary.DurationTargets);
    private readonly float[] _velocityLogits = BoundGraph.Buffer<float>(NoteEventVocabulary.VelocityTargets);

    private readonly BoundGraph _pitchHead;
    private readonly BoundGraph _durationHead;
    private readonly BoundGraph _velocityHead;

    /// <param name="context">What the backbone leaves for the heads; pinned. // [width] f32</param>
    public GraphHeads(HeadGraphs graphs, float[] context)
    {
        var width = context.Length;
        var pitchContext = BoundGraph.Buffer<float>(width);
        var durationContext = BoundGraph.Buffer<float>(width);
        _pitchHead = new BoundGraph(graphs.Pitch)
            .Input<float>("context", context, 1, width)
            .Input<long>("time_shift", _timeShift, 1)
            .Input<long>("position", _position, 1)
            .Input<long>("bar_phase", _barPhase, 1)
            .Input<long>("chord", _chord, 1)
            .Output<float>("pitch_logits", _pitchLogits, 1, _pitchLogits.Length)
            .Output<float>("pitch_context", pitchContext, 1, width);
        _durationHead = new BoundGraph(graphs.Duration)
            .Input<float>("pitch_context", pitchContext, 1, width)
            .Input<long>("pitch", _pitch, 1)
            .Output<float>("duration_logits", _durationLogits, 1, _durationLogits.Length)
            .Output<float>("duration_context", durationContext, 1, width);
        _velocityHead = new BoundGraph(graphs.Velocity)
            .Input<float>("duration_context", durationContext, 1, width)
            .Input<long>("duration", _duration, 1)
            .Output<float>("velocity_logits", _velocityLogits, 1, _velocityLogits.Length);
    }

    public ReadOnlySpan<float> Pitch(int timeShift, int position, int barPhase, int chord)
    {
        _timeShift[0] = timeShift;
        _position[0] = position;
        _barPhase[0] = barPhase;
        _chord[0] = chord;
        _pitchHead.Run();
        return _pitchLogits;
    }

    public ReadOnlySpan<float> Duration(int pitch)
    {
        _pitch[0] = pitch;
        _durationHead.Run();
        return _durationLogits;
    }

    public ReadOnlySpan<float> Velocity(int duration)
    {
        _duration[0] = duration;
        _velocityHead.Run();
        return _velocityLogits;
    }

    public void Dispose()
    {
        _pitchHead.Dispose();
        _durationHead.Dispose();
        _velocityHead.Dispose();
    }
}
