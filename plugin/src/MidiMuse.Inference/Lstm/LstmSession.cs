using MidiMuse.Core.Events;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Runtime;

namespace MidiMuse.Inference.Lstm;

/// <summary>
/// State h and c live in two buffers each; a run reads one pair and writes the other, and there is a binding for
/// each direction, so nothing is copied between steps.
/// </summary>
internal sealed class LstmSession : NoteEventSession
{
    private readonly long[] _events;     // [9] int64
    private readonly float[][] _h;       // 2 x [layers, 1, hidden] f32
    private readonly float[][] _c;       // 2 x [layers, 1, hidden] f32
    private readonly float[] _context;   // [D] f32
    private readonly float[] _timeLogits;
    private readonly long[] _timeShift = BoundGraph.Buffer<long>(1);
    private readonly long[] _position = BoundGraph.Buffer<long>(1);
    private readonly long[] _barPhase = BoundGraph.Buffer<long>(1);
    private readonly long[] _pitch = BoundGraph.Buffer<long>(1);
    private readonly long[] _duration = BoundGraph.Buffer<long>(1);
    private readonly float[] _pitchLogits = BoundGraph.Buffer<float>(NoteEventVocabulary.PitchTargets);
    private readonly float[] _durationLogits = BoundGraph.Buffer<float>(NoteEventVocabulary.DurationTargets);
    private readonly float[] _velocityLogits = BoundGraph.Buffer<float>(NoteEventVocabulary.VelocityTargets);
    private readonly float[] _saved;     // [slots, h + c + context + time logits] f32

    private readonly BoundGraph[] _step;
    private readonly BoundGraph _pitchHead;
    private readonly BoundGraph _durationHead;
    private readonly BoundGraph _velocityHead;

    /// <summary>Which of the two h and c buffers holds the state.</summary>
    private int _current;

    public LstmSession(LstmModel model)
    {
        var (layers, hidden, width) = (model.Description.Layers, model.Description.Hidden, model.Description.Context);
        _events = BoundGraph.Buffer<long>(NoteEvent.Columns);
        _h = [BoundGraph.Buffer<float>(layers * hidden), BoundGraph.Buffer<float>(layers * hidden)];
        _c = [BoundGraph.Buffer<float>(layers * hidden), BoundGraph.Buffer<float>(layers * hidden)];
        _context = BoundGraph.Buffer<float>(width);
        _timeLogits = BoundGraph.Buffer<float>(NoteEventVocabulary.TimeShiftTargets);
        _saved = new float[SlotCount * SlotLength];
        _step = [BindStep(model, 0), BindStep(model, 1)];

        var pitchContext = BoundGraph.Buffer<float>(width);
        var durationContext = BoundGraph.Buffer<float>(width);
        _pitchHead = new BoundGraph(model.Pitch)
            .Input<float>("context", _context, 1, width)
            .Input<long>("time_shift", _timeShift, 1)
            .Input<long>("position", _position, 1)
            .Input<long>("bar_phase", _barPhase, 1)
            .Output<float>("pitch_logits", _pitchLogits, 1, _pitchLogits.Length)
            .Output<float>("pitch_context", pitchContext, 1, width);
        _durationHead = new BoundGraph(model.Duration)
            .Input<float>("pitch_context", pitchContext, 1, width)
            .Input<long>("pitch", _pitch, 1)
            .Output<float>("duration_logits", _durationLogits, 1, _durationLogits.Length)
            .Output<float>("duration_context", durationContext, 1, width);
        _velocityHead = new BoundGraph(model.Velocity)
            .Input<float>("duration_context", durationContext, 1, width)
            .Input<long>("duration", _duration, 1)
            .Output<float>("velocity_logits", _velocityLogits, 1, _velocityLogits.Length);
    }

    protected override ReadOnlySpan<float> StateTimeLogits => _timeLogits;

    private int SlotLength => _h[0].Length + _c[0].Length + _context.Length + _timeLogits.Length;

    protected override void ClearState()
    {
        Array.Clear(_h[_current]);
        Array.Clear(_c[_current]);
    }

    protected override void Read(ReadOnlySpan<NoteEvent> events)
    {
        foreach (ref readonly var note in events)
        {
            Write(note);
            _step[_current].Run();
            _current ^= 1;
        }
    }

    protected override ReadOnlySpan<float> RunPitchHead(int timeShift, int position, int barPhase)
    {
        _timeShift[0] = timeShift;
        _position[0] = position;
        _barPhase[0] = barPhase;
        _pitchHead.Run();
        return _pitchLogits;
    }

    protected override ReadOnlySpan<float> RunDurationHead(int pitch)
    {
        _pitch[0] = pitch;
        _durationHead.Run();
        return _durationLogits;
    }

    protected override ReadOnlySpan<float> RunVelocityHead(int duration)
    {
        _duration[0] = duration;
        _velocityHead.Run();
        return _velocityLogits;
    }

    protected override void SaveState(int slot)
    {
        var rest = SlotOf(slot);
        Put(_h[_current], ref rest);
        Put(_c[_current], ref rest);
        Put(_context, ref rest);
        Put(_timeLogits, ref rest);
    }

    protected override void RestoreState(int slot)
    {
        var rest = SlotOf(slot);
        Take(_h[_current], ref rest);
        Take(_c[_current], ref rest);
        Take(_context, ref rest);
        Take(_timeLogits, ref rest);
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var step in _step)
            step.Dispose();
        _pitchHead.Dispose();
        _durationHead.Dispose();
        _velocityHead.Dispose();
    }

    private BoundGraph BindStep(LstmModel model, int from)
    {
        var (layers, hidden) = (model.Description.Layers, model.Description.Hidden);
        return new BoundGraph(model.Backbone)
            .Input<long>("events", _events, 1, 1, NoteEvent.Columns)
            .Input<float>("h", _h[from], layers, 1, hidden)
            .Input<float>("c", _c[from], layers, 1, hidden)
            .Output<float>("context", _context, 1, 1, _context.Length)
            .Output<float>("time_logits", _timeLogits, 1, 1, _timeLogits.Length)
            .Output<float>("h_out", _h[from ^ 1], layers, 1, hidden)
            .Output<float>("c_out", _c[from ^ 1], layers, 1, hidden);
    }

    private void Write(in NoteEvent note)
    {
        _events[0] = note.TimeShift;
        _events[1] = note.Pitch;
        _events[2] = note.Duration;
        _events[3] = note.Velocity;
        _events[4] = note.Position;
        _events[5] = note.BarPhase;
        _events[6] = note.Meter;
        _events[7] = note.Role;
        _events[8] = note.Key;
    }

    private static void Put(float[] part, ref Span<float> rest)
    {
        part.CopyTo(rest);
        rest = rest[part.Length..];
    }

    private static void Take(float[] part, ref Span<float> rest)
    {
        rest[..part.Length].CopyTo(part);
        rest = rest[part.Length..];
    }

    private Span<float> SlotOf(int slot) => _saved.AsSpan(slot * SlotLength, SlotLength);
}
