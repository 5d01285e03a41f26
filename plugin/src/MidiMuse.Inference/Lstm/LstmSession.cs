using MidiMuse.Core.Events;
using MidiMuse.Inference.Heads;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Runtime;

namespace MidiMuse.Inference.Lstm;

/// <summary>
/// State h and c live in two buffers each; a run reads one pair and writes the other, and there is a binding for
/// each direction, so the state is never copied between steps.
/// </summary>
/// <remarks>
/// Events are read one by one. Chunks would take a quarter of the time, but ONNX Runtime's products over several events add
/// in another order, which can show in the last bits, and how many notes wait to be read depends on when the engine wakes up.
/// </remarks>
internal sealed class LstmSession : NoteEventSession
{
    private readonly float[][] _h;       // 2 x [layers, 1, hidden] f32
    private readonly float[][] _c;       // 2 x [layers, 1, hidden] f32
    private readonly long[] _events = BoundGraph.Buffer<long>(EventRow.Columns); // [1, 1, 18] int64
    private readonly float[] _context;   // [1, 1, D] f32
    private readonly float[] _timeLogits; // [1, 1, 130] f32
    private readonly float[] _saved;     // [slots, h + c + context + time logits] f32

    /// <summary>From the first pair of state buffers to the second, and back.</summary>
    private readonly BoundGraph[] _steps;
    private readonly GraphHeads _heads;

    /// <summary>Which of the two h and c buffers holds the state.</summary>
    private int _current;

    public LstmSession(LstmModel model)
    {
        var (layers, hidden, width) = (model.Description.Layers, model.Description.Hidden, model.Description.Context);
        _h = [BoundGraph.Buffer<float>(layers * hidden), BoundGraph.Buffer<float>(layers * hidden)];
        _c = [BoundGraph.Buffer<float>(layers * hidden), BoundGraph.Buffer<float>(layers * hidden)];
        _context = BoundGraph.Buffer<float>(width);
        _timeLogits = BoundGraph.Buffer<float>(NoteEventVocabulary.TimeShiftTargets);
        _saved = new float[SlotCount * SlotLength];
        _steps = [StepFrom(model, 0), StepFrom(model, 1)];
        _heads = new GraphHeads(model.Heads, _context);
    }

    protected internal override ReadOnlySpan<float> StateTimeLogits => _timeLogits;

    private int SlotLength => _h[0].Length + _c[0].Length + _context.Length + _timeLogits.Length;

    protected internal override void ClearState()
    {
        Array.Clear(_h[_current]);
        Array.Clear(_c[_current]);
    }

    protected internal override void Read(ReadOnlySpan<NoteEvent> events, ReadOnlySpan<ConditionRow> conditions)
    {
        for (var i = 0; i < events.Length; i++)
        {
            EventRow.Write(events[i], conditions[i], _events);
            _steps[_current].Run();
            _current ^= 1;
        }
    }

    protected internal override ReadOnlySpan<float> RunPitchHead(int timeShift, int position, int barPhase, int chord) =>
        _heads.Pitch(timeShift, position, barPhase, chord);

    protected internal override ReadOnlySpan<float> RunDurationHead(int pitch) => _heads.Duration(pitch);

    protected internal override ReadOnlySpan<float> RunVelocityHead(int duration) => _heads.Velocity(duration);

    protected internal override void SaveState(int slot)
    {
        var rest = SlotOf(slot);
        Put(_h[_current], ref rest);
        Put(_c[_current], ref rest);
        Put(_context, ref rest);
        Put(_timeLogits, ref rest);
    }

    protected internal override void RestoreState(int slot)
    {
        var rest = SlotOf(slot);
        Take(_h[_current], ref rest);
        Take(_c[_current], ref rest);
        Take(_context, ref rest);
        Take(_timeLogits, ref rest);
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var step in _steps)
            step.Dispose();
        _heads.Dispose();
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

    private BoundGraph StepFrom(LstmModel model, int from)
    {
        var (layers, hidden) = (model.Description.Layers, model.Description.Hidden);
        return new BoundGraph(model.Backbone)
            .Input<long>("events", _events, 1, 1, EventRow.Columns)
            .Input<float>("h", _h[from], layers, 1, hidden)
            .Input<float>("c", _c[from], layers, 1, hidden)
            .Output<float>("context", _context, 1, 1, model.Description.Context)
            .Output<float>("time_logits", _timeLogits, 1, 1, NoteEventVocabulary.TimeShiftTargets)
            .Output<float>("h_out", _h[from ^ 1], layers, 1, hidden)
            .Output<float>("c_out", _c[from ^ 1], layers, 1, hidden);
    }
}
